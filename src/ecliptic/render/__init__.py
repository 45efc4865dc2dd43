"""From entries to bytes: pages by a theme's templates, feeds by our own writers."""

from ecliptic.render.renderer import Renderer
from ecliptic.render.social_image import SocialImage
from ecliptic.render.starter import starter_theme
from ecliptic.render.theme import Theme
from ecliptic.render.word_index import WordIndexWriter, hit

__all__ = ["Renderer", "SocialImage", "Theme", "WordIndexWriter", "hit", "starter_theme"]
