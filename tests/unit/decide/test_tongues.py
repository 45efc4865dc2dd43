from __future__ import annotations

import pytest

from ecliptic.decide.tongues import tongue_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "This is what they have written for you, and it is the best of it"),
        ("de", "Das ist nicht der Text, den sie von mir mit dem Blog erwarten"),
        ("fr", "Nous avons une solution pour les gens qui ne sont pas sur le réseau"),
        ("es", "El problema es que los datos del sitio se guardan en una tabla más grande"),
        ("pt", "Você não precisa dos dados para mais uma das ideias que são do seu projeto"),
        ("it", "Questo è il modo di usare una delle librerie che non sono della comunità"),
        ("id", "Ini adalah situs yang bisa anda mainkan dengan aman di sini"),
        ("ja", "Pythonでテストを書く"),
        ("zh", "用 Python 编写测试的方法和经验"),
        ("ko", "파이썬으로 테스트 작성하기"),
        ("ru", "Как писать тесты для Python"),
        ("el", "Πώς γράφω δοκιμές"),
        ("", "Python 3.13 released"),
        ("", "12345 !!"),
        ("", ""),
    ],
)
def test_tongue_when_a_text_is_long_enough_then_it_is_known(language: str, text: str) -> None:
    assert tongue_of(text) == language


def test_tongue_when_a_name_is_in_another_script_then_the_text_decides() -> None:
    text = "This is the talk that Гвидо gave to us, and it was for all of you"
    assert tongue_of(text) == "en"
