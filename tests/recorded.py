"""Documents in the shape that services send, with invented content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

RECORDINGS: Final = Path(__file__).parent / "recordings"
GITHUB_RELEASES: Final = (RECORDINGS / "github-releases.atom").read_text("utf-8")
MASTODON_ACCOUNT: Final = (RECORDINGS / "mastodon-account.rss").read_text("utf-8")
YOUTUBE_CHANNEL: Final = (RECORDINGS / "youtube-channel.atom").read_text("utf-8")


def question(number: int, **fields: Any) -> dict[str, Any]:
    """Return a question as the API of Stack Exchange has it."""
    return {
        "tags": ["python", "list"],
        "owner": {
            "account_id": 11, "reputation": 101, "user_id": 7, "user_type": "registered",
            "profile_image": "https://i.example/7.png", "display_name": "Ada L&#246;v",
            "link": "https://stackoverflow.com/users/7/ada",
        },
        "is_answered": True, "view_count": 1234, "answer_count": 3, "score": 8,
        "last_activity_date": 1524500000, "creation_date": 1524470400, "question_id": number,
        "content_license": "CC BY-SA 3.0",
        "link": f"https://stackoverflow.com/questions/{number}/why",
        "title": "Why is &quot;a &lt; b &lt; c&quot; not (a &lt; b) &lt; c?",
        "body": "<p>I wrote <code>a &lt; b &lt; c</code>.</p>",
        **fields,
    }  # fmt: skip


def stackexchange(*questions: dict[str, Any], **fields: Any) -> bytes:
    """Return an answer of the API of Stack Exchange."""
    answer = {"items": questions, "has_more": True, "quota_max": 300, "quota_remaining": 287}
    return json.dumps({**answer, **fields}).encode()
