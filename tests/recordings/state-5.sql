PRAGMA application_id = 1162038352;
PRAGMA user_version = 5;
BEGIN TRANSACTION;
CREATE TABLE entry (
    id            INTEGER PRIMARY KEY,
    feed_id       INTEGER NOT NULL REFERENCES feed (id),
    key           TEXT NOT NULL,
    uid           TEXT NOT NULL,
    fingerprint   BLOB NOT NULL,
    policy        TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    shown_at      INTEGER NOT NULL,
    published     INTEGER,
    updated       INTEGER,
    position      INTEGER NOT NULL,
    hidden        TEXT,
    notes         TEXT NOT NULL,
    author_id     TEXT NOT NULL,
    link          TEXT NOT NULL,
    title         TEXT NOT NULL,
    UNIQUE (feed_id, key)
);
INSERT INTO "entry" VALUES(1,1,'c2f09decd8c4c1cb14252649','e12a59e83d79d',X'4DD6A5E927467A6760585E5E6A6E1787','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524534420000000,1524534420000000,NULL,0,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:12','http://usual.example/12-post','usual 12');
INSERT INTO "entry" VALUES(2,1,'d008c7f680d723335695fe68','e965fe1ca514d',X'5AC3D1AFA7438ED884EF62A1A5A30DB3','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524491220000000,1524491220000000,NULL,1,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:11','http://usual.example/11-post','usual 11');
INSERT INTO "entry" VALUES(3,1,'9913d6ec6dad9ac249cb15dc','e2a59c07dc119',X'A6971EE32BCE51D8C52113292AC3296A','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524448020000000,1524448020000000,NULL,2,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:10','http://usual.example/10-post','usual 10');
INSERT INTO "entry" VALUES(4,1,'c5cd3a5e61d9103f75695e3d','ef633db9e1385',X'FA7D021B29CAEB8409688F15CBF8E199','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524404820000000,1524404820000000,NULL,3,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:9','http://usual.example/9-post','usual 9');
INSERT INTO "entry" VALUES(5,1,'2c62e8cf7a2a194f84af8277','ebba017c48524',X'BC67F14291F462DB8A90FFCCD79CF337','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524361620000000,1524361620000000,NULL,4,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:8','http://usual.example/8-post','usual 8');
INSERT INTO "entry" VALUES(6,1,'d2b1a64aeb9e862b6d1829bf','e95167e46994e',X'2FB884C23B71F1CB74CC226181DE8049','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524318420000000,1524318420000000,NULL,5,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:7','http://usual.example/7-post','usual 7');
INSERT INTO "entry" VALUES(7,1,'ffe4a2f6f69cd440bf2dce91','e3a5ba39adef3',X'A7C0FE07D54A3499A56F9CB5C87C28E4','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524275220000000,1524275220000000,NULL,6,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:6','http://usual.example/6-post','usual 6');
INSERT INTO "entry" VALUES(8,1,'3210c96ec65fa85a0375560d','ecba2c12c0370',X'3B96C6C06E011233AF9CE7C03F3D3B5C','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524232020000000,1524232020000000,NULL,7,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:5','http://usual.example/5-post','usual 5');
INSERT INTO "entry" VALUES(9,1,'215b18018b2e028d616d12d8','e223d739be48a',X'6702C2726489133C800E80F833DFCB85','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524188820000000,1524188820000000,NULL,8,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:4','http://usual.example/4-post','usual 4');
INSERT INTO "entry" VALUES(10,1,'6bcc23ec8b2dc4c8f9555875','e9120b9b4f0e8',X'2E0263A01C5CD3BEF0ECA3E4AE80BC07','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524145620000000,1524145620000000,NULL,9,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:3','http://usual.example/3-post','usual 3');
INSERT INTO "entry" VALUES(11,1,'5db4fe7bfc4bddc48a1a3051','edf1af028d64e',X'7DF95A6AF504379F93FFFEF6100AE519','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524102420000000,1524102420000000,NULL,10,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:2','http://usual.example/2-post','usual 2');
INSERT INTO "entry" VALUES(12,1,'3b47ed63e01bd33d2172e3a6','e9f6807160999',X'873AB91CE15642EC5E5EE472FFAB6A5E','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524059220000000,1524059220000000,NULL,11,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:1','http://usual.example/1-post','usual 1');
INSERT INTO "entry" VALUES(13,3,'bb7817eba32ea2ca871efd87','e2f612f3042ff',X'47C76D2CC1575E8CD9F32BA947660B55','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524534420000000,1524534420000000,NULL,0,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://one-id.example/','http://one-id.example/9-post','one-id 9');
INSERT INTO "entry" VALUES(14,3,'7d66f1bc3899b5eb493fd7df','ea8475e326e6f',X'E265012FAF9E080175B1685AEFAA20ED','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524491220000000,1524491220000000,NULL,1,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://one-id.example/','http://one-id.example/8-post','one-id 8');
INSERT INTO "entry" VALUES(15,3,'d2df2762aa278c9f7120bd85','e2f4f5184ccf6',X'E42E22277EA797EA24A1A0F8855F99AA','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524448020000000,1524448020000000,NULL,2,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://one-id.example/','http://one-id.example/7-post','one-id 7');
INSERT INTO "entry" VALUES(16,3,'dd4f2752153e6a310fac6f88','e64c44aedffaa',X'1A981AEDE1A7F648F04D167206AC68C6','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524404820000000,1524404820000000,NULL,3,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://one-id.example/','http://one-id.example/6-post','one-id 6');
INSERT INTO "entry" VALUES(17,3,'c9011d45be679704dcfb0df0','e2d38c8aa1685',X'80A30E38F1BAD65F6CDCFDE6799B51AF','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524361620000000,1524361620000000,NULL,4,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://one-id.example/','http://one-id.example/5-post','one-id 5');
INSERT INTO "entry" VALUES(18,3,'3cbd25b9aa12f78c003f6e57','ed087b6563a4d',X'A14C8DAE36EFDEBED9FED1A9AACCCCE1','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524318420000000,1524318420000000,NULL,5,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://one-id.example/','http://one-id.example/4-post','one-id 4');
INSERT INTO "entry" VALUES(19,3,'f04457223903f1a9523a1841','ebd1b65ceacb7',X'9B7DED1CA51BEFB2E8DC8F33DC09F383','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524275220000000,1524275220000000,NULL,6,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://one-id.example/','http://one-id.example/3-post','one-id 3');
INSERT INTO "entry" VALUES(20,3,'5094ab4faa3a7b3118bfc03e','e6631afa50e95',X'3FA6F5DA9C20174EE915FA8C8071A93C','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524232020000000,1524232020000000,NULL,7,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://one-id.example/','http://one-id.example/2-post','one-id 2');
INSERT INTO "entry" VALUES(21,3,'3fc61c7a71bffbe63d55c93e','e0e2481530355',X'53BE461DEB855CFF92C92DAE10477F9E','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524188820000000,1524188820000000,NULL,8,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://one-id.example/','http://one-id.example/1-post','one-id 1');
INSERT INTO "entry" VALUES(22,5,'dc0fe829aa1d1443d5c826e8','e93ede7b25fa7',X'BCC2359A8A5B9DE63B7298F26BFAFFC2','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,NULL,NULL,0,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.undated","at":"2018-04-25T01:47:00Z"}]','tag:undated.example,2018:9','http://undated.example/9-post','undated 9');
INSERT INTO "entry" VALUES(23,5,'2db0cf5b43096a64f4c4c2c1','edb0fd7846a2c',X'0A69040EBB9CEA30015B7381FCE5C447','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,NULL,NULL,1,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.undated","at":"2018-04-25T01:47:00Z"}]','tag:undated.example,2018:8','http://undated.example/8-post','undated 8');
INSERT INTO "entry" VALUES(24,5,'451ab511c06bda536e4f533f','ea534daf9dbf7',X'D3F8B386780359907234F22402E9FDDD','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,NULL,NULL,2,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.undated","at":"2018-04-25T01:47:00Z"}]','tag:undated.example,2018:7','http://undated.example/7-post','undated 7');
INSERT INTO "entry" VALUES(25,5,'c90d2a6a2f258e2120539751','ea51310ee3dff',X'60170344C7CC603F1B623BCE48DADC18','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,NULL,NULL,3,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.undated","at":"2018-04-25T01:47:00Z"}]','tag:undated.example,2018:6','http://undated.example/6-post','undated 6');
INSERT INTO "entry" VALUES(26,5,'5f7153a8ee0a13069b5f0e2e','eafdf6b2e115f',X'DFB7036DA9338F07455028BD31864EBA','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,NULL,NULL,4,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.undated","at":"2018-04-25T01:47:00Z"}]','tag:undated.example,2018:5','http://undated.example/5-post','undated 5');
INSERT INTO "entry" VALUES(27,5,'370e3684cccf81c2dbeec636','e8015cd9bb8f6',X'AB5867DDCE384407EA3C59CCE1946834','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,NULL,NULL,5,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.undated","at":"2018-04-25T01:47:00Z"}]','tag:undated.example,2018:4','http://undated.example/4-post','undated 4');
INSERT INTO "entry" VALUES(28,5,'d881471121ed4b6be664e612','e13e5ed956719',X'21F84B9B74B3F123F2D85D49EDC8CF5B','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,NULL,NULL,6,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.undated","at":"2018-04-25T01:47:00Z"}]','tag:undated.example,2018:3','http://undated.example/3-post','undated 3');
INSERT INTO "entry" VALUES(29,5,'0d7db7bd745584cedbf384b9','e5650928ea8bd',X'922A0459AF7FCA5D91B09145C8169398','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,NULL,NULL,7,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.undated","at":"2018-04-25T01:47:00Z"}]','tag:undated.example,2018:2','http://undated.example/2-post','undated 2');
INSERT INTO "entry" VALUES(30,5,'81e5b694fc5b4fbc8601cc50','e505e972100a3',X'A37CBEA5BACA2C0073E895ADC2938941','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,NULL,NULL,8,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.undated","at":"2018-04-25T01:47:00Z"}]','tag:undated.example,2018:1','http://undated.example/1-post','undated 1');
INSERT INTO "entry" VALUES(31,6,'0a534fb4ec596e28b8fdcad0','e3b776d70aad3',X'675DF0C798EAF33275819351297022C4','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523843220000000,1523843220000000,NULL,0,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:built.example,2018:9','http://built.example/9-post','built 9');
INSERT INTO "entry" VALUES(32,6,'8a58d71e93fc926b993c2887','e99a387efd151',X'0739116DEAEFBDB60B2C65A542747F87','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523843220000000,1523843220000000,NULL,1,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:built.example,2018:8','http://built.example/8-post','built 8');
INSERT INTO "entry" VALUES(33,6,'830b119d93c42e5447470359','ed032e28c29e5',X'4AE8EED231E1D84E88CA5A2CE53AD012','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523843220000000,1523843220000000,NULL,2,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:built.example,2018:7','http://built.example/7-post','built 7');
INSERT INTO "entry" VALUES(34,6,'937c6346fd16c45745e82abd','e375de3921156',X'DA079F4F5EA90C8ECFDA1E076F5969A6','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523843220000000,1523843220000000,NULL,3,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:built.example,2018:6','http://built.example/6-post','built 6');
INSERT INTO "entry" VALUES(35,6,'b122dfb6af86d436a1d5a9d2','e3e777f135f4a',X'6B53904A2C71B2F183ABB8CC010497E0','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523843220000000,1523843220000000,NULL,4,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:built.example,2018:5','http://built.example/5-post','built 5');
INSERT INTO "entry" VALUES(36,6,'6b73d34ae7d0d2894a892406','e25986abfb84b',X'BBBE06108650D024C24BB5D098DA2081','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523843220000000,1523843220000000,NULL,5,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:built.example,2018:4','http://built.example/4-post','built 4');
INSERT INTO "entry" VALUES(37,6,'f932596ac75a78847d617499','e84f413fc3921',X'35258D028594D4925EBBDD7C6D4E50FC','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523843220000000,1523843220000000,NULL,6,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:built.example,2018:3','http://built.example/3-post','built 3');
INSERT INTO "entry" VALUES(38,6,'e49ee1194d0e7452a53df0ee','ea93c37c0c1a7',X'A6EBBB60893B37EDB198E8A2D68CC4CC','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523843220000000,1523843220000000,NULL,7,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:built.example,2018:2','http://built.example/2-post','built 2');
INSERT INTO "entry" VALUES(39,6,'ea5a80c0c35b664b33b15b15','ea42d55ec3d87',X'5F531CF86ABC9EC10F1E415E028B3A04','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523843220000000,1523843220000000,NULL,8,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:built.example,2018:1','http://built.example/1-post','built 1');
INSERT INTO "entry" VALUES(40,7,'aa5e36a7f85059d33d6dc428','e294d3a59efce',X'E38489C179CA065FFBBDE0E8A433FAB0','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524534420000000,1524534420000000,NULL,0,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:40','http://large.example/40-post','large 40');
INSERT INTO "entry" VALUES(41,7,'ee457c9c5e3d6f3bd39a326f','e529c3c5fe0bf',X'A8D4CAC8F4FC76A26575FDC393B083F4','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524491220000000,1524491220000000,NULL,1,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:39','http://large.example/39-post','large 39');
INSERT INTO "entry" VALUES(42,7,'27f62f66e717aa4163fa53fc','e9ecfb0400b73',X'803D9221E208F92578C20FFF4C747082','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524448020000000,1524448020000000,NULL,2,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:38','http://large.example/38-post','large 38');
INSERT INTO "entry" VALUES(43,7,'d5101cf4a84649a1aaf104f1','e9394674d5b4d',X'5346DFFF038F4DEE0EFAA5D980A3CC17','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524404820000000,1524404820000000,NULL,3,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:37','http://large.example/37-post','large 37');
INSERT INTO "entry" VALUES(44,7,'0ce376012285e6a1db4959a9','e6527a8c654d3',X'EC40E57C54074A664331785546C3142F','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524361620000000,1524361620000000,NULL,4,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:36','http://large.example/36-post','large 36');
INSERT INTO "entry" VALUES(45,7,'58d84bf1338c4370577b3bf9','efec4bc3dd07d',X'CC1E2582ED48C74C4058659E8371FC89','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524318420000000,1524318420000000,NULL,5,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:35','http://large.example/35-post','large 35');
INSERT INTO "entry" VALUES(46,7,'7a7dc809344f70f129168383','e60da375ae9f8',X'936412151470C37FD021225BDA598DB9','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524275220000000,1524275220000000,NULL,6,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:34','http://large.example/34-post','large 34');
INSERT INTO "entry" VALUES(47,7,'76bfb84fabf9f9e4ca98f056','eb665156e9f8f',X'511061628CC2431AA706BF15030E825B','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524232020000000,1524232020000000,NULL,7,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:33','http://large.example/33-post','large 33');
INSERT INTO "entry" VALUES(48,7,'5a3eaf1c9cb78cbab2199b24','ea85a6835fe43',X'1772C8CC02537DF57D6F9C20CCB806AB','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524188820000000,1524188820000000,NULL,8,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:32','http://large.example/32-post','large 32');
INSERT INTO "entry" VALUES(49,7,'dfdcd68f1aba01a4501f133d','eeb2438b81590',X'3671AC1E0A24333D75FF73795E74AAC3','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524145620000000,1524145620000000,NULL,9,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:31','http://large.example/31-post','large 31');
INSERT INTO "entry" VALUES(50,7,'f0958752502cb5e3afd2040f','e6d5d5518673d',X'92CF51706156D8874C84D3DE22975077','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524102420000000,1524102420000000,NULL,10,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:30','http://large.example/30-post','large 30');
INSERT INTO "entry" VALUES(51,7,'76fc01cc9cdca168ab555391','eba4dd17baf02',X'663D309DED81AB2E88F9E5ECDE9D73D5','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524059220000000,1524059220000000,NULL,11,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:29','http://large.example/29-post','large 29');
INSERT INTO "entry" VALUES(52,7,'f6fcf630021c8d2cd53e3ebd','e7dc118ca687d',X'2021415BBE1C7C1C11D338D56F5D7D67','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524016020000000,1524016020000000,NULL,12,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:28','http://large.example/28-post','large 28');
INSERT INTO "entry" VALUES(53,7,'60dc4fce883053e9f0fa37f4','e9950b44d1815',X'188D1F73B6E1948C64446F67680DB362','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523972820000000,1523972820000000,NULL,13,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:27','http://large.example/27-post','large 27');
INSERT INTO "entry" VALUES(54,7,'11821ceed9664ba9a708a238','e0f53ddb6e9e5',X'5F4CA6723EDE35C2AEFAB360DA3DE86B','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523929620000000,1523929620000000,NULL,14,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:26','http://large.example/26-post','large 26');
INSERT INTO "entry" VALUES(55,7,'2a0df127b958c55ea4a44fc4','e5df07b905665',X'68DA178BB1AB52B7E2D8D77384CD35DC','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523886420000000,1523886420000000,NULL,15,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:25','http://large.example/25-post','large 25');
INSERT INTO "entry" VALUES(56,7,'ef4752e162f8a631df3474d9','ef2ff1bbe45d8',X'91A609367EB8A30E2D891D064162B726','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523843220000000,1523843220000000,NULL,16,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:24','http://large.example/24-post','large 24');
INSERT INTO "entry" VALUES(57,7,'e239312cb4e6f47d4dda00d6','e1630a72aa236',X'7CD3E3EFD548F5DB864DA7E99CDBCEFF','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523800020000000,1523800020000000,NULL,17,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:23','http://large.example/23-post','large 23');
INSERT INTO "entry" VALUES(58,7,'136032e13deea4a9a34f60af','ea68458c5d724',X'83858B542B22F514982B405276C10330','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523756820000000,1523756820000000,NULL,18,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:22','http://large.example/22-post','large 22');
INSERT INTO "entry" VALUES(59,7,'2ac649db08eeb6146899798e','e7675fc3b6f18',X'426615635F71D5E43E77740B0993F270','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523713620000000,1523713620000000,NULL,19,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:21','http://large.example/21-post','large 21');
INSERT INTO "entry" VALUES(60,7,'cc27f357b77b2f09d265f1f4','ee44b80c1c5bd',X'5CBFEFCB98F4EF8B92BFDE20CC96B04A','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523670420000000,1523670420000000,NULL,20,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:20','http://large.example/20-post','large 20');
INSERT INTO "entry" VALUES(61,7,'03918ccefb0d85ac5570a4d4','e1ab33d7627af',X'1A588131324EB77936A2ABD0C1BFBA98','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523627220000000,1523627220000000,NULL,21,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:19','http://large.example/19-post','large 19');
INSERT INTO "entry" VALUES(62,7,'558d5857ba52e6729a49cfda','e06a0e554bae7',X'2CD36631ADFE4D608F0AA09A8074B4E5','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523584020000000,1523584020000000,NULL,22,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:18','http://large.example/18-post','large 18');
INSERT INTO "entry" VALUES(63,7,'985d615b2883f9293cc7ae5a','e7e29f1697dcd',X'037F3AB4D3B09D197D532C2369AEA1CB','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523540820000000,1523540820000000,NULL,23,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:17','http://large.example/17-post','large 17');
INSERT INTO "entry" VALUES(64,7,'22493d0e056ad3dbfbe9629b','eaad173593aa5',X'90151B90FFC0CEE2D33A392778EB93D7','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523497620000000,1523497620000000,NULL,24,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:large.example,2018:16','http://large.example/16-post','large 16');
INSERT INTO "entry" VALUES(65,7,'d16c333df0c9b51f5dea65ee','ecb0c60626d2f',X'FD1258B5868084E4CEFD0FE58C118CF0','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523454420000000,1523454420000000,NULL,25,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:15','http://large.example/15-post','large 15');
INSERT INTO "entry" VALUES(66,7,'177c33d5df62d6f9be34b488','ea3444c0be58e',X'E86286FFCB6FB3CE5046CEB4E1EE4083','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523411220000000,1523411220000000,NULL,26,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:14','http://large.example/14-post','large 14');
INSERT INTO "entry" VALUES(67,7,'82a257b2ad2c3bfb9a5ab760','e945c3493cb49',X'7312EB0A794494BC6E297C340AB4FA42','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523368020000000,1523368020000000,NULL,27,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:13','http://large.example/13-post','large 13');
INSERT INTO "entry" VALUES(68,7,'ced59192569bd3a372227d68','e968ca7a9c900',X'E022C1BE2A3B1726F3682706BC792BEA','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523324820000000,1523324820000000,NULL,28,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:12','http://large.example/12-post','large 12');
INSERT INTO "entry" VALUES(69,7,'810c18cd331a8f765e02c113','efa14ab3fd852',X'203E690F0A244D3B54F07D9ED6995A4D','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523281620000000,1523281620000000,NULL,29,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:11','http://large.example/11-post','large 11');
INSERT INTO "entry" VALUES(70,7,'9a288a67d48f998b6c3465fc','eb211c30ec8cf',X'867986D1F88BCEF29191A91DAE8F7CB2','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523238420000000,1523238420000000,NULL,30,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:10','http://large.example/10-post','large 10');
INSERT INTO "entry" VALUES(71,7,'10d5d45ddaed72fc486300e5','e03413a7a5f86',X'5A2A0F59014DD72668FFAA6DFFD11687','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523195220000000,1523195220000000,NULL,31,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:9','http://large.example/9-post','large 9');
INSERT INTO "entry" VALUES(72,7,'f0271a3bbda208e98dd2325d','ea21ad58e61b2',X'A23749D0920F8C62A5DE4E51BEBE0798','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523152020000000,1523152020000000,NULL,32,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:8','http://large.example/8-post','large 8');
INSERT INTO "entry" VALUES(73,7,'04d0c09bd45ce0f3cfc76228','eef7baf6a135b',X'81F54D6888697E0E9CBA2653FF9722C9','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523108820000000,1523108820000000,NULL,33,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:7','http://large.example/7-post','large 7');
INSERT INTO "entry" VALUES(74,7,'6242eed4a1a6b2a61c18186d','e41ea300bfb6d',X'7E0EE1418A2514CBA390F7A952A6535C','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523065620000000,1523065620000000,NULL,34,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:6','http://large.example/6-post','large 6');
INSERT INTO "entry" VALUES(75,7,'ee88265b319f7b04517d7b24','e570077e2763f',X'D003D6B8C653C8860EBB45D9B98473CC','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523022420000000,1523022420000000,NULL,35,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:5','http://large.example/5-post','large 5');
INSERT INTO "entry" VALUES(76,7,'c9be17c9635410078de7d611','ecb54a8121788',X'947FFF9B03E814DD47F97E97AD02C7D9','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1522979220000000,1522979220000000,NULL,36,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:4','http://large.example/4-post','large 4');
INSERT INTO "entry" VALUES(77,7,'cb7e8ef5fcba9bae8ffce96e','e5ca32825758c',X'DE5E86419E2B2DF44465FA53C6CB068C','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1522936020000000,1522936020000000,NULL,37,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:3','http://large.example/3-post','large 3');
INSERT INTO "entry" VALUES(78,7,'1aa8944302bda9e9aa4fc93c','e3cd83f32ab16',X'BC181B627E105BD979A3C284142AEAD9','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1522892820000000,1522892820000000,NULL,38,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:2','http://large.example/2-post','large 2');
INSERT INTO "entry" VALUES(79,7,'82138b3c460275588a0dcbf5','e8dffe4b1c6eb',X'024F37671A0399542906D84D86C94242','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1522849620000000,1522849620000000,NULL,39,'{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}','[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.back_catalogue","at":"2018-04-25T01:47:00Z","params":{"limit":25,"count":40}}]','tag:large.example,2018:1','http://large.example/1-post','large 1');
INSERT INTO "entry" VALUES(80,8,'1a3396294d41826c70d03f64','ee66f19e7cefe',X'249A203F1DAFB2CF36EED2E4104C0C3D','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,1524880020000000,NULL,0,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.dated_later","at":"2018-04-25T01:47:00Z","params":{"date":"2018-04-28T01:47:00+00:00"}}]','tag:soon.example,2018:6','http://soon.example/6-post','soon 6');
INSERT INTO "entry" VALUES(81,8,'14067d4dd702dd48b69fc196','e0fcbf44de772',X'F17FBD704618308A92C1423B4BBA54C8','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,1524836820000000,NULL,1,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.dated_later","at":"2018-04-25T01:47:00Z","params":{"date":"2018-04-27T13:47:00+00:00"}}]','tag:soon.example,2018:5','http://soon.example/5-post','soon 5');
INSERT INTO "entry" VALUES(82,8,'9b75815165ddd1e214d16548','eb00482315da2',X'C507FBB33770148C8C80A0A0689EE2A8','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,1524793620000000,NULL,2,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.dated_later","at":"2018-04-25T01:47:00Z","params":{"date":"2018-04-27T01:47:00+00:00"}}]','tag:soon.example,2018:4','http://soon.example/4-post','soon 4');
INSERT INTO "entry" VALUES(83,8,'0361bdb51453a97cf644f889','e478df7342959',X'6AFEEF1C7A928384DC1B70D88CF078D7','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,1524750420000000,NULL,3,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.dated_later","at":"2018-04-25T01:47:00Z","params":{"date":"2018-04-26T13:47:00+00:00"}}]','tag:soon.example,2018:3','http://soon.example/3-post','soon 3');
INSERT INTO "entry" VALUES(84,8,'e7cb2a9e938130feb3a68650','e95e03e1e9742',X'A5E5E0B95CAEF0C0069AD611A7E3895C','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,1524707220000000,NULL,4,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.dated_later","at":"2018-04-25T01:47:00Z","params":{"date":"2018-04-26T01:47:00+00:00"}}]','tag:soon.example,2018:2','http://soon.example/2-post','soon 2');
INSERT INTO "entry" VALUES(85,8,'ef13519c811c631bb3a6b29f','e714b0e9bf002',X'7F3B09B4A2DB8928A67DDC7BB438B044','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524620820000000,1524664020000000,NULL,5,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"},{"code":"decide.dated_later","at":"2018-04-25T01:47:00Z","params":{"date":"2018-04-25T13:47:00+00:00"}}]','tag:soon.example,2018:1','http://soon.example/1-post','soon 1');
INSERT INTO "entry" VALUES(86,9,'86bf6663f14c05c0e80dcff8','e67faa4da9754',X'A02274506533A150D9F1FFF59FBA0517','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524534420000000,NULL,1524534420000000,0,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://updated.example/9','http://updated.example/9','updated 9');
INSERT INTO "entry" VALUES(87,9,'489e86d8122dea7245a67eaa','eb3b96ee281d9',X'A542D24BD32AD3727B258E01E65244C7','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524448020000000,NULL,1524448020000000,1,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://updated.example/8','http://updated.example/8','updated 8');
INSERT INTO "entry" VALUES(88,9,'bd52eb7b70a8c49ec6db6971','efd9a67cfaf1e',X'33AC18A6764E7B6B09225F8CE0377FA9','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524361620000000,NULL,1524361620000000,2,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://updated.example/7','http://updated.example/7','updated 7');
INSERT INTO "entry" VALUES(89,9,'dd289a7319db845f9411d30d','e721f81f39095',X'4732486D21E72A1A9CF1A4E63137D232','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524275220000000,NULL,1524275220000000,3,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://updated.example/6','http://updated.example/6','updated 6');
INSERT INTO "entry" VALUES(90,9,'bf350e8d422356b2196753f0','ed1f0935fc9cf',X'E33A16632A4E22281F872E6C12EBA36A','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524188820000000,NULL,1524188820000000,4,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://updated.example/5','http://updated.example/5','updated 5');
INSERT INTO "entry" VALUES(91,9,'04b6d4444a0e03ff85e2e821','ef3da8d0285f3',X'A7EA90F180C2EF1D47C8793C349560B7','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524102420000000,NULL,1524102420000000,5,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://updated.example/4','http://updated.example/4','updated 4');
INSERT INTO "entry" VALUES(92,9,'82da79cb9e4686de7708f3fb','e25fa104e4596',X'35FA0F0F8005467E11B72EFCE7905DC0','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524016020000000,NULL,1524016020000000,6,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://updated.example/3','http://updated.example/3','updated 3');
INSERT INTO "entry" VALUES(93,9,'6413f6a44640b089b5f9251c','e8d8b10500fd4',X'CE46E45A8618A07ED0FA6091F8CD2980','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523929620000000,NULL,1523929620000000,7,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://updated.example/2','http://updated.example/2','updated 2');
INSERT INTO "entry" VALUES(94,9,'dc6afcf247553ed2930862cc','e138e72684136',X'57DD1FE71E3E7E3A0A3C069544720901','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1523843220000000,NULL,1523843220000000,8,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','http://updated.example/1','http://updated.example/1','updated 1');
INSERT INTO "entry" VALUES(95,10,'ffe4a2f6f69cd440bf2dce91','eb6eeaa21f96a',X'A7C0FE07D54A3499A56F9CB5C87C28E4','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524534420000000,1524534420000000,NULL,0,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:6','http://usual.example/6-post','usual 6');
INSERT INTO "entry" VALUES(96,10,'3210c96ec65fa85a0375560d','ef9c60aebd08f',X'3B96C6C06E011233AF9CE7C03F3D3B5C','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524491220000000,1524491220000000,NULL,1,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:5','http://usual.example/5-post','usual 5');
INSERT INTO "entry" VALUES(97,10,'215b18018b2e028d616d12d8','e2f74d7bb3196',X'6702C2726489133C800E80F833DFCB85','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524448020000000,1524448020000000,NULL,2,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:4','http://usual.example/4-post','usual 4');
INSERT INTO "entry" VALUES(98,10,'6bcc23ec8b2dc4c8f9555875','efb2dfd40e04b',X'2E0263A01C5CD3BEF0ECA3E4AE80BC07','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524404820000000,1524404820000000,NULL,3,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:3','http://usual.example/3-post','usual 3');
INSERT INTO "entry" VALUES(99,10,'5db4fe7bfc4bddc48a1a3051','e8a9b4e622bcd',X'7DF95A6AF504379F93FFFEF6100AE519','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524361620000000,1524361620000000,NULL,4,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:2','http://usual.example/2-post','usual 2');
INSERT INTO "entry" VALUES(100,10,'3b47ed63e01bd33d2172e3a6','e8367e4ae328e',X'873AB91CE15642EC5E5EE472FFAB6A5E','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524318420000000,1524318420000000,NULL,5,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','tag:usual.example,2018:1','http://usual.example/1-post','usual 1');
INSERT INTO "entry" VALUES(101,2,'8472f4e50f1e9421e7d77f62','ebc21a963c276',X'16FF4D32856234A5D2B61BEF3519D2E7','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524534420000000,1524534420000000,NULL,0,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','http://links.example/9-post','links 9');
INSERT INTO "entry" VALUES(102,2,'8c0558ef6f9613597a5214c9','e20ad12e296be',X'F2C1012A2398C64A3EBB9A4C476618DB','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524491220000000,1524491220000000,NULL,1,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','http://links.example/8-post','links 8');
INSERT INTO "entry" VALUES(103,2,'e8099593be4d61a2a8ba2aec','eb8a1e8030179',X'447AEAFAEDA9A00F58D3751CAA2F47F4','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524448020000000,1524448020000000,NULL,2,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','http://links.example/7-post','links 7');
INSERT INTO "entry" VALUES(104,2,'786e851a05d7aa5619eebe12','e33988b945091',X'D68E309D0AF6F8CF546608EDF867038F','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524404820000000,1524404820000000,NULL,3,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','http://links.example/6-post','links 6');
INSERT INTO "entry" VALUES(105,2,'806ee7afa8194d8380f31efc','e968896c98181',X'06EE8E2E2E89282542454C5381560E59','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524361620000000,1524361620000000,NULL,4,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','http://links.example/5-post','links 5');
INSERT INTO "entry" VALUES(106,2,'62fae34df78a93564b0c25e0','e82304730ed3e',X'C6B8DFE3B60A9D41382FE10025A70804','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524318420000000,1524318420000000,NULL,5,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','http://links.example/4-post','links 4');
INSERT INTO "entry" VALUES(107,2,'b84189484708bd63b883da6e','efc0d50601221',X'2C0353F2A6AF00C1BD04CFDCEF52678D','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524275220000000,1524275220000000,NULL,6,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','http://links.example/3-post','links 3');
INSERT INTO "entry" VALUES(108,2,'87351a8b2d77096c9a745e11','eedb4da8002d3',X'B2EBF704489306E0FE7C5269D4B61AC1','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524232020000000,1524232020000000,NULL,7,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','http://links.example/2-post','links 2');
INSERT INTO "entry" VALUES(109,2,'0418623ea112d40e54b6d856','efbf6584c5f11',X'D0043F4925DE98766429CC9A091CAB99','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524188820000000,1524188820000000,NULL,8,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','http://links.example/1-post','links 1');
INSERT INTO "entry" VALUES(110,4,'3868854afcf74e6bad0a2996','e2c81d532b907',X'A073B03402DD0F6588C25CBDA2B1FDF8','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524534420000000,1524534420000000,NULL,0,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','','texts 9');
INSERT INTO "entry" VALUES(111,4,'a4b24b0227e383fe57f983e6','e05d73207e355',X'B9E8CB7D8E28EF7838D65B068C598620','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524491220000000,1524491220000000,NULL,1,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','','texts 8');
INSERT INTO "entry" VALUES(112,4,'d79061f922f602a80ea7bd1f','eb70970bc3dad',X'AB508815653171DB7CCD21DBF702BA4A','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524448020000000,1524448020000000,NULL,2,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','','texts 7');
INSERT INTO "entry" VALUES(113,4,'5d7c3e11f07a8efeedc16756','ee5dc29080fa7',X'FA613252EA59F39384140195598176E6','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524404820000000,1524404820000000,NULL,3,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','','texts 6');
INSERT INTO "entry" VALUES(114,4,'588d83d1db380bfbf9b8c194','e89a7a6ac7400',X'3A5576E31BB544129E15C63262B553D0','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524361620000000,1524361620000000,NULL,4,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','','texts 5');
INSERT INTO "entry" VALUES(115,4,'934b1d2469ffd3f3096fbd8a','e15a9cef060c4',X'6ED8CC170DB4BBE77CA92AEC3E03DF54','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524318420000000,1524318420000000,NULL,5,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','','texts 4');
INSERT INTO "entry" VALUES(116,4,'b5a954fb048595ad91f8f4f0','ebd8118f33ec4',X'B476531F2146EC84BDE7718766F230A7','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524275220000000,1524275220000000,NULL,6,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','','texts 3');
INSERT INTO "entry" VALUES(117,4,'64c6b6402bd86e69af20c13d','e6287a53c5920',X'43C6184BADA6CC484228FF44796168B6','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524232020000000,1524232020000000,NULL,7,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','','texts 2');
INSERT INTO "entry" VALUES(118,4,'25d6cc9656d4ef57ed47c4b1','ec51b57d93280',X'B97DD3410B2625BC798C78F5397874B7','2/nh3-0.3.7/pygments-2.21.0',1524620820000000,1524188820000000,1524188820000000,NULL,8,NULL,'[{"code":"decide.first_seen","at":"2018-04-25T01:47:00Z"}]','','','texts 1');
CREATE TABLE entry_text (
    entry_id   INTEGER PRIMARY KEY REFERENCES entry (id),
    title_html TEXT NOT NULL,
    summary    TEXT NOT NULL,
    content    TEXT NOT NULL,
    details    TEXT NOT NULL
);
INSERT INTO "entry_text" VALUES(1,'usual 12','','<p>What usual has to say, part 12 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(2,'usual 11','','<p>What usual has to say, part 11 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(3,'usual 10','','<p>What usual has to say, part 10 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(4,'usual 9','','<p>What usual has to say, part 9 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(5,'usual 8','','<p>What usual has to say, part 8 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(6,'usual 7','','<p>What usual has to say, part 7 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(7,'usual 6','','<p>What usual has to say, part 6 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(8,'usual 5','','<p>What usual has to say, part 5 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(9,'usual 4','','<p>What usual has to say, part 4 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(10,'usual 3','','<p>What usual has to say, part 3 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(11,'usual 2','','<p>What usual has to say, part 2 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(12,'usual 1','','<p>What usual has to say, part 1 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(13,'one-id 9','','<p>What one-id has to say, part 9 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(14,'one-id 8','','<p>What one-id has to say, part 8 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(15,'one-id 7','','<p>What one-id has to say, part 7 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(16,'one-id 6','','<p>What one-id has to say, part 6 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(17,'one-id 5','','<p>What one-id has to say, part 5 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(18,'one-id 4','','<p>What one-id has to say, part 4 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(19,'one-id 3','','<p>What one-id has to say, part 3 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(20,'one-id 2','','<p>What one-id has to say, part 2 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(21,'one-id 1','','<p>What one-id has to say, part 1 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(22,'undated 9','','<p>What undated has to say, part 9 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(23,'undated 8','','<p>What undated has to say, part 8 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(24,'undated 7','','<p>What undated has to say, part 7 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(25,'undated 6','','<p>What undated has to say, part 6 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(26,'undated 5','','<p>What undated has to say, part 5 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(27,'undated 4','','<p>What undated has to say, part 4 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(28,'undated 3','','<p>What undated has to say, part 3 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(29,'undated 2','','<p>What undated has to say, part 2 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(30,'undated 1','','<p>What undated has to say, part 1 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(31,'built 9','','<p>What built has to say, part 9 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(32,'built 8','','<p>What built has to say, part 8 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(33,'built 7','','<p>What built has to say, part 7 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(34,'built 6','','<p>What built has to say, part 6 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(35,'built 5','','<p>What built has to say, part 5 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(36,'built 4','','<p>What built has to say, part 4 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(37,'built 3','','<p>What built has to say, part 3 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(38,'built 2','','<p>What built has to say, part 2 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(39,'built 1','','<p>What built has to say, part 1 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(40,'large 40','','<p>What large has to say, part 40 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(41,'large 39','','<p>What large has to say, part 39 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(42,'large 38','','<p>What large has to say, part 38 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(43,'large 37','','<p>What large has to say, part 37 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(44,'large 36','','<p>What large has to say, part 36 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(45,'large 35','','<p>What large has to say, part 35 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(46,'large 34','','<p>What large has to say, part 34 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(47,'large 33','','<p>What large has to say, part 33 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(48,'large 32','','<p>What large has to say, part 32 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(49,'large 31','','<p>What large has to say, part 31 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(50,'large 30','','<p>What large has to say, part 30 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(51,'large 29','','<p>What large has to say, part 29 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(52,'large 28','','<p>What large has to say, part 28 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(53,'large 27','','<p>What large has to say, part 27 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(54,'large 26','','<p>What large has to say, part 26 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(55,'large 25','','<p>What large has to say, part 25 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(56,'large 24','','<p>What large has to say, part 24 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(57,'large 23','','<p>What large has to say, part 23 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(58,'large 22','','<p>What large has to say, part 22 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(59,'large 21','','<p>What large has to say, part 21 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(60,'large 20','','<p>What large has to say, part 20 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(61,'large 19','','<p>What large has to say, part 19 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(62,'large 18','','<p>What large has to say, part 18 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(63,'large 17','','<p>What large has to say, part 17 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(64,'large 16','','<p>What large has to say, part 16 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(65,'large 15','','<p>What large has to say, part 15 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(66,'large 14','','<p>What large has to say, part 14 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(67,'large 13','','<p>What large has to say, part 13 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(68,'large 12','','<p>What large has to say, part 12 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(69,'large 11','','<p>What large has to say, part 11 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(70,'large 10','','<p>What large has to say, part 10 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(71,'large 9','','<p>What large has to say, part 9 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(72,'large 8','','<p>What large has to say, part 8 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(73,'large 7','','<p>What large has to say, part 7 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(74,'large 6','','<p>What large has to say, part 6 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(75,'large 5','','<p>What large has to say, part 5 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(76,'large 4','','<p>What large has to say, part 4 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(77,'large 3','','<p>What large has to say, part 3 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(78,'large 2','','<p>What large has to say, part 2 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(79,'large 1','','<p>What large has to say, part 1 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(80,'soon 6','','<p>What soon has to say, part 6 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(81,'soon 5','','<p>What soon has to say, part 5 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(82,'soon 4','','<p>What soon has to say, part 4 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(83,'soon 3','','<p>What soon has to say, part 3 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(84,'soon 2','','<p>What soon has to say, part 2 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(85,'soon 1','','<p>What soon has to say, part 1 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(86,'updated 9','','<p>What updated has to say, part 9 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(87,'updated 8','','<p>What updated has to say, part 8 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(88,'updated 7','','<p>What updated has to say, part 7 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(89,'updated 6','','<p>What updated has to say, part 6 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(90,'updated 5','','<p>What updated has to say, part 5 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(91,'updated 4','','<p>What updated has to say, part 4 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(92,'updated 3','','<p>What updated has to say, part 3 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(93,'updated 2','','<p>What updated has to say, part 2 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(94,'updated 1','','<p>What updated has to say, part 1 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(95,'usual 6','','<p>What usual has to say, part 6 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(96,'usual 5','','<p>What usual has to say, part 5 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(97,'usual 4','','<p>What usual has to say, part 4 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(98,'usual 3','','<p>What usual has to say, part 3 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(99,'usual 2','','<p>What usual has to say, part 2 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(100,'usual 1','','<p>What usual has to say, part 1 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(101,'links 9','','<p>What links has to say, part 9 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(102,'links 8','','<p>What links has to say, part 8 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(103,'links 7','','<p>What links has to say, part 7 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(104,'links 6','','<p>What links has to say, part 6 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(105,'links 5','','<p>What links has to say, part 5 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(106,'links 4','','<p>What links has to say, part 4 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(107,'links 3','','<p>What links has to say, part 3 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(108,'links 2','','<p>What links has to say, part 2 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(109,'links 1','','<p>What links has to say, part 1 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(110,'texts 9','','<p>What texts has to say, part 9 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(111,'texts 8','','<p>What texts has to say, part 8 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(112,'texts 7','','<p>What texts has to say, part 7 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(113,'texts 6','','<p>What texts has to say, part 6 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(114,'texts 5','','<p>What texts has to say, part 5 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(115,'texts 4','','<p>What texts has to say, part 4 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(116,'texts 3','','<p>What texts has to say, part 3 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(117,'texts 2','','<p>What texts has to say, part 2 of it all.</p>','{}');
INSERT INTO "entry_text" VALUES(118,'texts 1','','<p>What texts has to say, part 1 of it all.</p>','{}');
CREATE TABLE feed (
    id               INTEGER PRIMARY KEY,
    url              TEXT NOT NULL UNIQUE,
    position         INTEGER,
    name             TEXT NOT NULL DEFAULT '',
    link             TEXT NOT NULL DEFAULT '',
    paused           INTEGER NOT NULL DEFAULT 0,
    hidden_feed      INTEGER NOT NULL DEFAULT 0,
    extra            TEXT NOT NULL DEFAULT '{}',
    info             TEXT NOT NULL DEFAULT '{}',
    etag             TEXT NOT NULL DEFAULT '',
    last_modified    TEXT NOT NULL DEFAULT '',
    validators_url   TEXT NOT NULL DEFAULT '',
    body_fingerprint BLOB NOT NULL DEFAULT x'',
    checked_at       INTEGER,
    succeeded_at     INTEGER,
    changed_at       INTEGER,
    retry_at         INTEGER,
    failing_since    INTEGER,
    failures         INTEGER NOT NULL DEFAULT 0,
    code             TEXT NOT NULL DEFAULT '',
    detail           TEXT NOT NULL DEFAULT '',
    status           INTEGER NOT NULL DEFAULT 0,
    checks           INTEGER NOT NULL DEFAULT 0,
    entries          INTEGER NOT NULL DEFAULT 0,
    hidden           TEXT NOT NULL DEFAULT '{}',
    revision         INTEGER NOT NULL DEFAULT 0
, fresh_seconds INTEGER NOT NULL DEFAULT 0, hints TEXT NOT NULL DEFAULT '{}', rhythm BLOB NOT NULL DEFAULT x'', rhythm_hours REAL NOT NULL DEFAULT 0, next_at INTEGER, next_reason TEXT, move TEXT NOT NULL DEFAULT '{}', push TEXT NOT NULL DEFAULT '{}');
INSERT INTO "feed" VALUES(1,'http://feeds.invalid/usual.xml',0,'','',0,0,'{}','{"format":"rss20","title":"usual","link":"http://usual.example/"}','"b29b86666ec38fd47b81-gzip"','','http://feeds.invalid/usual.xml',X'44CB116F7A6CE4321B4A97634104B52F',1524620820000000,1524620820000000,1524620820000000,NULL,NULL,0,'','',200,1,12,'{}',1,0,'{}',X'000800000000000000000000000800000000000000000000000800000000000000000000000000000000000000000000000000000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000',1.70181818181818186983e+02,1524624120000000,'{"code":"decide.next_floor","at":"2018-04-25T01:47:00Z"}','{}','{}');
INSERT INTO "feed" VALUES(2,'http://feeds.invalid/links.xml',1,'','',0,0,'{}','{"format":"rss20","title":"links","link":"http://links.example/"}','"98036bc2abf52526c638-gzip"','','http://feeds.invalid/links.xml',X'719AEABCD0D9EC8041DD887F07698B51',1524620820000000,1524620820000000,1524620820000000,NULL,NULL,0,'','',200,1,9,'{}',9,0,'{}',X'000800000000000000000000000800000000000000000000000800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000',168.0,1524624120000000,'{"code":"decide.next_floor","at":"2018-04-25T01:47:00Z"}','{}','{}');
INSERT INTO "feed" VALUES(3,'http://feeds.invalid/one-id.xml',2,'','',0,0,'{}','{"format":"rss20","title":"one-id","link":"http://one-id.example/"}','"d2effa90fd48056cf52f-gzip"','','http://feeds.invalid/one-id.xml',X'9E91BDCC10D060A28805A2F341878ACB',1524620820000000,1524620820000000,1524620820000000,NULL,NULL,0,'','',200,1,9,'{}',2,0,'{}',X'000800000000000000000000000800000000000000000000000800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000',168.0,1524624120000000,'{"code":"decide.next_floor","at":"2018-04-25T01:47:00Z"}','{}','{}');
INSERT INTO "feed" VALUES(4,'http://feeds.invalid/texts.xml',3,'','',0,0,'{}','{"format":"rss20","title":"texts","link":"http://texts.example/"}','"cfeee65499881cd31b46-gzip"','','http://feeds.invalid/texts.xml',X'1A035F64DAB253B96C34733A3099885F',1524620820000000,1524620820000000,1524620820000000,NULL,NULL,0,'','',200,1,9,'{}',10,0,'{}',X'000800000000000000000000000800000000000000000000000800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000',168.0,1524624120000000,'{"code":"decide.next_floor","at":"2018-04-25T01:47:00Z"}','{}','{}');
INSERT INTO "feed" VALUES(5,'http://feeds.invalid/undated.xml',4,'','',0,0,'{}','{"format":"rss20","title":"undated","link":"http://undated.example/"}','"eda4eb10819ef398fc66-gzip"','','http://feeds.invalid/undated.xml',X'E67EF97B36070DC4ADEBFAC5DCC581DC',1524620820000000,1524620820000000,1524620820000000,NULL,NULL,0,'','',200,1,9,'{}',3,0,'{}',X'000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',168.0,1524624120000000,'{"code":"decide.next_floor","at":"2018-04-25T01:47:00Z"}','{}','{}');
INSERT INTO "feed" VALUES(6,'http://feeds.invalid/built.xml',5,'','',0,0,'{}','{"format":"rss20","title":"built","link":"http://built.example/"}','"5941ed7fd18913f5f916-gzip"','','http://feeds.invalid/built.xml',X'9A8DD33C54BD3D9BCA673395AC313E36',1524620820000000,1524620820000000,1524620820000000,NULL,NULL,0,'','',200,1,9,'{}',4,0,'{}',X'004800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',243.0,1524624120000000,'{"code":"decide.next_floor","at":"2018-04-25T01:47:00Z"}','{}','{}');
INSERT INTO "feed" VALUES(7,'http://feeds.invalid/large.xml',6,'','',0,0,'{}','{"format":"rss20","title":"large","link":"http://large.example/"}','"4e0ded4c04fa698fe2a8-gzip"','','http://feeds.invalid/large.xml',X'0676619E65DCC3A74EC42A6A32DCE9F9',1524620820000000,1524620820000000,1524620820000000,NULL,NULL,0,'','',200,1,40,'{"decide.back_catalogue":15}',5,0,'{}',X'001800000000000000000000001800000000000000000000001800000000000000000000001000000000000000000000001000000000000000000000001800000000000000000000001800000000000000000000001800000000000000000000001800000000000000000000001800000000000000000000001800000000000000000000001800000000000000000000001800000000000000000000001800000000000000000000',5.04615384615384641618e+02,1524624120000000,'{"code":"decide.next_floor","at":"2018-04-25T01:47:00Z"}','{}','{}');
INSERT INTO "feed" VALUES(8,'http://feeds.invalid/soon.xml',7,'','',0,0,'{}','{"format":"rss20","title":"soon","link":"http://soon.example/"}','"aceab20408347de0a902-gzip"','','http://feeds.invalid/soon.xml',X'E400FB63277A13F8B6F4CAEC5009A6F2',1524620820000000,1524620820000000,1524620820000000,NULL,NULL,0,'','',200,1,6,'{}',6,0,'{}',X'',0.0,1524624120000000,'{"code":"decide.next_floor","at":"2018-04-25T01:47:00Z"}','{}','{}');
INSERT INTO "feed" VALUES(9,'http://feeds.invalid/updated.xml',8,'','',0,0,'{}','{"format":"atom10","id":"http://updated.example/","title":"updated","link":"http://updated.example/"}','"592f3ab648ce889924dd-gzip"','','http://feeds.invalid/updated.xml',X'29B564338471A3827724D0539467633A',1524620820000000,1524620820000000,1524620820000000,NULL,NULL,0,'','',200,1,9,'{}',7,0,'{}',X'001000000000000000000000000000000000000000000000001000000000000000000000000000000000000000000000000800000000000000000000000000000000000000000000000800000000000000000000000000000000000000000000000800000000000000000000000000000000000000000000000800000000000000000000000000000000000000000000000800000000000000000000000000000000000000000000',243.0,1524624120000000,'{"code":"decide.next_floor","at":"2018-04-25T01:47:00Z"}','{}','{}');
INSERT INTO "feed" VALUES(10,'http://feeds.invalid/copies.xml',9,'','',0,0,'{}','{"format":"rss20","title":"copies","link":"http://usual.example/"}','"e55720596b46a8d0714a-gzip"','','http://feeds.invalid/copies.xml',X'50F4D16FB25F3E6FDC1FD3356C0A4BDF',1524620820000000,1524620820000000,1524620820000000,NULL,NULL,0,'','',200,1,6,'{}',8,0,'{}',X'000800000000000000000000000800000000000000000000000800000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000800000000000000000000000800000000000000000000000800000000000000000000',168.0,1524624120000000,'{"code":"decide.next_floor","at":"2018-04-25T01:47:00Z"}','{}','{}');
CREATE TABLE feed_check (
    feed_id  INTEGER NOT NULL REFERENCES feed (id),
    slot     INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    code     TEXT NOT NULL,
    detail   TEXT NOT NULL,
    status   INTEGER NOT NULL,
    received INTEGER NOT NULL,
    seconds  REAL NOT NULL,
    new      INTEGER NOT NULL,
    changed  INTEGER NOT NULL,
    PRIMARY KEY (feed_id, slot)
) WITHOUT ROWID;
INSERT INTO "feed_check" VALUES(1,0,1524620820000000,'fetch.ok','',200,577,0.0014,12,0);
INSERT INTO "feed_check" VALUES(2,0,1524620820000000,'fetch.ok','',200,467,0.0009,9,0);
INSERT INTO "feed_check" VALUES(3,0,1524620820000000,'fetch.ok','',200,499,0.0237,9,0);
INSERT INTO "feed_check" VALUES(4,0,1524620820000000,'fetch.ok','',200,437,0.0206,9,0);
INSERT INTO "feed_check" VALUES(5,0,1524620820000000,'fetch.ok','',200,449,0.0006,9,0);
INSERT INTO "feed_check" VALUES(6,0,1524620820000000,'fetch.ok','',200,483,0.0005,9,0);
INSERT INTO "feed_check" VALUES(7,0,1524620820000000,'fetch.ok','',200,1027,0.0062,40,0);
INSERT INTO "feed_check" VALUES(8,0,1524620820000000,'fetch.ok','',200,478,0.0062,6,0);
INSERT INTO "feed_check" VALUES(9,0,1524620820000000,'fetch.ok','',200,467,0.0005,9,0);
INSERT INTO "feed_check" VALUES(10,0,1524620820000000,'fetch.ok','',200,484,0.0005,6,0);
CREATE TABLE hub_subscription (
    token        TEXT PRIMARY KEY,
    subscription TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value
) WITHOUT ROWID;
INSERT INTO "meta" VALUES('changed_at',1524620820000000);
INSERT INTO "meta" VALUES('revision',10);
INSERT INTO "meta" VALUES('subscriptions',X'F44B58CBF66C6B66526C4EA0BC2F1151');
CREATE TABLE ping (
    topic       TEXT PRIMARY KEY,
    hub         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    owed_at     INTEGER NOT NULL,
    next_at     INTEGER,
    attempts    INTEGER NOT NULL,
    code        TEXT NOT NULL,
    detail      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX feed_subscribed ON feed (position) WHERE position IS NOT NULL;
CREATE INDEX entry_newest
    ON entry (shown_at DESC, feed_id, first_seen_at DESC, position) WHERE hidden IS NULL;
CREATE INDEX entry_newest_of_feed
    ON entry (feed_id, shown_at DESC, first_seen_at DESC, position) WHERE hidden IS NULL;
COMMIT;
