"""htmltmpl, the template language of Planet 2.0 and Venus; nothing in it can run code.

Written anew from what its manual and old planets' templates show. A template
is read into a small tree (``scan``, ``tree``) and filled with values (``fill``):
the work is bounded by the size of the template and of what it shows. ``markup``
knows what each variable stands in, so that no value can leave its place.
"""

from ecliptic.render.htmltmpl.fill import Scope, Value, fill
from ecliptic.render.htmltmpl.tree import Template, read

__all__ = ["Scope", "Template", "Value", "fill", "read"]
