/* Keys for reading: j and k go from post to post, o opens one, / searches, ? tells of the keys.
   What is wider than its place can be reached and moved by keys too. All else needs no script. */
(() => {
  "use strict";
  const dialog = document.getElementById("keys");
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const POST = "main article, #hits > li";
  const posts = () => [...document.querySelectorAll(POST)];

  /** The post that is read now: the one with the focus, else the first below the top. */
  const current = (all) => {
    const focused = document.activeElement && document.activeElement.closest(POST);
    if (focused) return all.indexOf(focused);
    const below = all.findIndex((post) => post.getBoundingClientRect().top > 1);
    return (below < 0 ? all.length : below) - 0.5; // between two posts
  };

  const go = (step) => {
    const all = posts();
    const at = current(all);
    const post = all[step > 0 ? Math.floor(at + 1) : Math.ceil(at - 1)];
    if (!post) return;
    const links = [".title a", "h2 a", ".date a", "a"].map((place) => post.querySelector(place));
    const link = links.find(Boolean);
    if (link) link.focus({ preventScroll: true });
    post.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
  };

  const search = () => {
    const field = document.querySelector("input[type=search]");
    const link = document.querySelector("a[rel~=search]");
    if (field) field.select();
    else if (link) link.click();
  };

  const actions = {
    j: () => go(1),
    k: () => go(-1),
    o: () => {
      const post = document.activeElement.closest(POST);
      if (post && document.activeElement.href) document.activeElement.click();
    },
    "/": search,
    "?": () => dialog && dialog.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
    if (dialog && dialog.open) return;
    const action = Object.hasOwn(actions, event.key) && actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  const wide = new ResizeObserver((seen) => {
    for (const { target } of seen) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  document.querySelectorAll(".body pre, .body table, .body math").forEach((box) => wide.observe(box));

  if (dialog) dialog.querySelector("button").addEventListener("click", () => dialog.close());
})();
