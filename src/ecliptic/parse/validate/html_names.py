"""Names of HTML, MathML, SVG and CSS that say what a text is, and what readers keep of it."""

from __future__ import annotations

from typing import Final

_ELEMENTS_WORDS: Final = """
a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink
blockquote body br button canvas caption center cite code col colgroup data dd del details dfn
dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5
h6 head header hr html i iframe img input ins isindex kbd label legend li link main map mark
marquee menu meta nav nobr noframes noscript object ol optgroup option output p param picture
pre q rp rt ruby s samp script section select small source span strike strong style sub summary
sup svg table tbody td template textarea tfoot th thead time title tr tt u ul var video wbr
"""
ELEMENTS: Final = frozenset(_ELEMENTS_WORDS.split())
_UNSAFE_WORDS: Final = """
applet base basefont bgsound body embed frame frameset head html link meta noscript object
script style
"""
UNSAFE: Final = frozenset(_UNSAFE_WORDS.split())
"""What sanitisers take out: it runs something, or reaches out of the entry."""

_MATHML_WORDS: Final = """
math maction maligngroup malignmark menclose merror mfenced mfrac mglyph mi mlabeledtr mlongdiv
mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mscarries mscarry msgroup
msline mspace msqrt msrow mstack mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
none semantics annotation annotation-xml
"""
MATHML: Final = frozenset(_MATHML_WORDS.split())
_SVG_WORDS: Final = """
a animate animateColor animateMotion animateTransform circle clipPath defs desc ellipse feBlend
feColorMatrix feComposite feFlood feGaussianBlur feMerge feMergeNode feOffset filter font-face
font-face-name font-face-src foreignObject g glyph hkern image line linearGradient marker mask
metadata missing-glyph mpath path pattern polygon polyline radialGradient rect set stop style
svg switch symbol text textPath title tspan use view
"""
SVG: Final = frozenset(_SVG_WORDS.split())
_MATHML_ATTRIBUTES_WORDS: Final = """
accent accentunder actiontype align alignmentscope altimg altimg-height altimg-valign altimg-
width alttext bevelled charalign charspacing class close color columnalign columnlines
columnspacing columnspan columnwidth crossout decimalpoint definitionURL depth dir display
displaystyle edge encoding equalcolumns equalrows fence fontfamily fontsize fontstyle fontweight
form frame framespacing groupalign height href id indentalign indentshift infixlinebreakstyle
largeop length linebreak linethickness lquote lspace mathbackground mathcolor mathsize
mathvariant maxsize mediummathspace minsize movablelimits name notation numalign open other
overflow position rowalign rowlines rowspacing rowspan rquote rspace scriptlevel scriptminsize
scriptsizemultiplier selection separator separators shift side src stackalign stretchy style
subscriptshift superscriptshift symmetric type valign voffset width xref xmlns
"""
MATHML_ATTRIBUTES: Final = frozenset(_MATHML_ATTRIBUTES_WORDS.split())
_SVG_ATTRIBUTES_WORDS: Final = """
accent-height accumulate additive alignment-baseline alphabetic amplitude arabic-form ascent
attributeName attributeType azimuth baseFrequency baseProfile baseline-shift bbox begin bias by
calcMode cap-height class clip clip-path clip-rule clipPathUnits color color-interpolation
color-interpolation-filters color-rendering content contentScriptType contentStyleType cursor cx
cy d descent diffuseConstant direction display divisor dominant-baseline dur dx dy edgeMode
elevation enable-background end exponent fill fill-opacity fill-rule filter filterRes
filterUnits flood-color flood-opacity font-family font-size font-size-adjust font-stretch font-
style font-variant font-weight format from fx fy g1 g2 glyph-name glyph-orientation-horizontal
glyph-orientation-vertical gradientTransform gradientUnits hanging height horiz-adv-x horiz-
origin-x horiz-origin-y href id ideographic image-rendering in in2 intercept k k1 k2 k3 k4
kernelMatrix kernelUnitLength kerning keyPoints keySplines keyTimes lang lengthAdjust letter-
spacing lighting-color local marker marker-end marker-mid marker-start markerHeight markerUnits
markerWidth mask maskContentUnits maskUnits mathematical max media method min mode name
numOctaves offset opacity operator order orient orientation origin overflow overline-position
overline-thickness panose-1 path pathLength patternContentUnits patternTransform patternUnits
pointer-events points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio
primitiveUnits r radius refX refY rendering-intent repeatCount repeatDur requiredExtensions
requiredFeatures restart result rotate rx ry scale seed shape-rendering slope spacing
specularConstant specularExponent spreadMethod startOffset stdDeviation stemh stemv stitchTiles
stop-color stop-opacity strikethrough-position strikethrough-thickness stroke stroke-dasharray
stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
style surfaceScale systemLanguage tableValues target targetX targetY text-anchor text-decoration
text-rendering textLength title to transform type u1 u2 underline-position underline-thickness
unicode unicode-bidi unicode-range units-per-em v-alphabetic v-hanging v-ideographic
v-mathematical values version vert-adv-y vert-origin-x vert-origin-y viewBox viewTarget
visibility width widths word-spacing writing-mode x x-height x1 x2 xChannelSelector xmlns y y1
y2 yChannelSelector z zoomAndPan
"""
SVG_ATTRIBUTES: Final = frozenset(_SVG_ATTRIBUTES_WORDS.split())
_SAFE_STYLES_WORDS: Final = """
azimuth background background-color border border-bottom border-bottom-color border-bottom-style
border-bottom-width border-collapse border-color border-left border-left-color border-left-style
border-left-width border-radius border-right border-right-color border-right-style border-right-
width border-spacing border-style border-top border-top-color border-top-style border-top-width
border-width clear color cursor direction display elevation float font font-family font-size
font-style font-variant font-weight height letter-spacing line-height list-style-type margin
margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width
opacity overflow padding padding-bottom padding-left padding-right padding-top page-break-after
page-break-before page-break-inside pause pause-after pause-before pitch pitch-range richness
speak speak-header speak-numeral speak-punctuation speech-rate stress text-align text-decoration
text-indent text-transform unicode-bidi vertical-align voice-family volume white-space widows
orphans width word-spacing
"""
SAFE_STYLES: Final = frozenset(_SAFE_STYLES_WORDS.split())
"""Properties that change how a text looks and nothing around it."""
