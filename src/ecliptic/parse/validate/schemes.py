"""Schemes of addresses that are registered and met in feeds (IANA, URI Schemes).

``feed:`` is not among them: it says what a reader should do, and no browser follows it.
"""

from __future__ import annotations

from typing import Final

_SCHEMES_WORDS: Final = """
aaa about acap acct acr adt afp aim apt at attachment aw barion beshare bitcoin bitcoincash blob
bolo callto cap chrome cid coap coaps content cvs dat data dav diaspora dict did dns dntp drm
dvb ed2k ethereum example facetime file filesystem finger fish ftp geo gemini git gizmoproject
go gopher gtalk h323 hcp hdl hg http https iax icap icon im imap info ipfs ipns ipp ipps irc
irc6 ircs iris itms jabber jar jms keyparc lastfm ldap ldaps leaptofrogans magnet mailserver
mailto maps market matrix message mid modem monero mms ms-help msnim mtqp mumble mupdate mvn
news nfs ni nih nntp oid openpgp4fpr pack palm paparazzi payto pkcs11 platform pop pres prospero
proxy psyc query redis redis+tls rediss reload res resource rmi rsync rtmp rtmps rtsp rtspu
secondlife service session sftp sgn shttp sieve sip sips skype smb sms smtp snews snmp soap.beep
soldat spotify ssh steam stun stuns submit svn tag teamspeak tel telnet tftp things tip tn3270
tv udp unreal urn ut2004 vemmi ventrilo view-source vnc wais web3 webcal wpid ws wss wtai
wyciwyg xcon xfire xmlrpc.beep xmpp xri ymsgr z39.50 z39.50r z39.50s
"""
SCHEMES: Final = frozenset(_SCHEMES_WORDS.split())
