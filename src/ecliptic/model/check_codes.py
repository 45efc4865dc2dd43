"""The words of what `ecliptic check` finds in a document; the other codes stand in ``codes``."""

from __future__ import annotations

from typing import Final

CHECK_DOCUMENT: Final = {
    "check.unknown_root": "<{what}> is not the root of any feed: rss, rdf:RDF or feed is",
    "check.unknown_element": "<{what}> is no element that may stand in <{parent}>: check its "
    "spelling, or put it into a namespace of its own",
    "check.misplaced_element": "<{what}> has no place in <{parent}>: move it to where it belongs",
    "check.missing_element": "<{what}> has no <{detail}>, which must be there: add it",
    "check.missing_recommended": "<{what}> has no {detail}, which should be there: readers use it",
    "check.missing_self": '<{what}> does not say its own address: add a link with rel="self"',
    "check.missing_in_podcast": "<{what}> has no <{detail}>, which Apple Podcasts asks for",
    "check.no_title_or_description": "<{what}> has neither title nor description: add one",
    "check.no_content": "<{what}> has neither content nor a link to its page: add one",
    "check.repeated_element": "<{what}> stands more than once in <{parent}>: keep one",
    "check.same_meaning": "<{what}> has {detail}, which say the same: keep one",
    "check.missing_member": "the {what} has no {detail}, which must be there: add it",
    "check.missing_attribute": "<{what}> has no attribute {detail}, which must be there: add it",
    "check.unknown_attribute": "<{what}> has an attribute {found}, which it cannot have; the "
    "nearest is: {detail}",
    "check.old_attribute": "{what} is no longer used: it is {detail} now",
    "check.empty": "{what} is empty: fill it, or leave it out",
    "check.blank": "{what} is empty: fill it, or leave it out",
    "check.other_current": "<{what}> says that it is complete, and names another current one, "
    "{found}: name itself",
    "check.unexpected_text": "<{what}> holds text where only elements, or nothing, may stand",
    "check.link_text": "<{what}> holds text, which readers ignore: the address belongs into href",
    "check.bad_date": "{what} is no date as it must be written, {found}; right is {detail}",
    "check.unusual_date": "{what} is a date that readers read differently, {found}: {detail}",
    "check.implausible_date": "{what} is a date long past or still to come, {found}",
    "check.unusual_hour": "{what} is 24: midnight is 0",
    "check.bad_address": "{what} is no address, {found}: {detail}",
    "check.relative_address": "{what} must be a full address, with https://, and is {found}",
    "check.address_not_ascii": "{what} has letters that old readers do not know in addresses, "
    "{found}: percent-encode them",
    "check.unknown_scheme": "{what} has a scheme that is not registered, {detail}: {found}",
    "check.not_canonical": "{what} has more than one spelling, {found}; the usual one has {detail}",
    "check.bad_id": "{what} is no identifier of its kind, {found}; right is {detail}",
    "check.weak_id": "{what} is so short that other feeds may have it too, {found}: use an "
    "address, or a tag: or urn:uuid: identifier",
    "check.guid_not_address": "{what} is no address, {found}: correct it, or say "
    'isPermaLink="false"',
    "check.repeated_value": "{detail} must differ from one element to the next: {found}",
    "check.repeated_link": "<{what}> has two alternate links of the same type and language: "
    "{found}",
    "check.same_updated": "<{what}> holds entries updated in the same second, {found}: readers "
    "cannot order them",
    "check.unknown_relation": "{what} is no registered relation of links, {found}: use one, or "
    "an address",
    "check.self_type": "<{what}> says that the feed itself is {found}: give the type of a feed",
    "check.bad_paging": '<{what}> has a link rel="{found}" that cannot be: {detail}',
    "check.bad_email": "{what} is no e-mail address, {found}; right is {detail}",
    "check.email_in_name": "{what} holds an e-mail address, {found}: it has an element of its own",
    "check.bad_language": "{what} is no language tag, {found}; right is en or pt-BR",
    "check.bad_type": "{what} is no media type that may stand there, {found}; right is text/html",
    "check.bad_number": "{what} must be {detail}, and is {found}",
    "check.bad_choice": "{what} must be one of {detail}, and is {found}",
    "check.bad_value": "{what} must be {detail}, and is {found}",
    "check.too_long": "{what} is longer than {detail} characters, and will be cut",
    "check.old_category": "{what} is a category that Apple Podcasts had before 2019: {found}",
    "check.podcast_format": "{what} has a file that Apple Podcasts does not play, {found}; it "
    "plays {detail}",
    "check.unusual_role": "{what} has a role that is not in the usual list, {found}: use one, "
    "in lower case",
    "check.group_of_one": "<{what}> has one content only: a group is for several forms of a thing",
    "check.here_and_elsewhere": "<{what}> says that it is at another address, and has {detail}: "
    "keep one of them",
    "check.obsolete_element": "<{what}> is no longer used: use <{detail}>",
    "check.obsolete_version": "<{what}> is of a version that is no longer used, {found}: use "
    "Atom 1.0",
    "check.markup_in_text": "{what} is plain text, and has markup in it that readers show as it "
    "is: {detail}",
    "check.undeclared_markup": "{what} is plain text by its type, and has markup in it, {detail}: "
    'say type="html"',
    "check.not_escaped": "{what} holds elements, and its type is {detail}: escape them, or say "
    'type="xhtml"',
    "check.not_inline": '{what} says that it is XHTML, and holds escaped text: say type="html"',
    "check.missing_div": "{what} is XHTML, and so must hold one <div> of the XHTML namespace and "
    "nothing beside it",
    "check.html_fragment": "{what} says that it is a whole page, and holds a part of one: say "
    'type="xhtml"',
    "check.broken_markup": "{what} has a tag that does not end: {detail}",
    "check.bad_base64": "{what} must be Base64 by its type, and is not",
    "check.unsafe_markup": "{what} has something that readers take out, {detail}: leave it out",
    "check.unsafe_style": "{what} has a style that most readers do not keep: {detail}",
    "check.relative_in_markup": "{what} has a relative address in {detail}, {found}: readers do "
    "not know what it refers to; write it in full",
    "check.content_order": "<{what}> has content:encoded before a description, or without one: "
    "old readers take the first body they find",
    "check.image_title": "the title of the image is {found}, that of the channel {detail}: make "
    "them the same",
    "check.wrong_namespace": '<{what}> is in the namespace "{found}"; right is "{detail}"',
    "check.namespace_spelling": 'the namespace of {what} is "{detail}", and is written "{found}"',
    "check.unknown_namespace": "elements of the namespace {found} were not checked: no rules for "
    "them are known",
    "check.reserved_prefix": "the prefix {what} is known for another namespace than {found}: "
    "choose another one",
    "check.odd_prefix": "<{what}> has the prefix {found}, which some readers do not understand: "
    "make the namespace the default one",
    "check.obscure_encoding": "the encoding {detail} is not read everywhere: use UTF-8",
    "check.external_entity": "the document asks readers to fetch a file, for the entity {detail}: "
    "none does; leave it out",
    "check.old_doctype": "the document type of RSS 0.91 is no longer to be had: leave it out",
    "check.wrong_doctype": "the document type is that of RSS 0.91, the version {detail}: leave it "
    "out",
    "check.unknown_encoding": "the encoding {detail} is known to nobody: use UTF-8, and say so",
    "check.wrong_json": "the {what} must be {detail}, and is {found}",
    "check.more": "{detail} more findings are not shown",
}
