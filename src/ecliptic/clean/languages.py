"""Programming languages by the names that blogs give them; code of others is left as it is."""

from __future__ import annotations

from typing import Final

from ecliptic.clean.words import words

LANGUAGES: Final = words(
    "ada apl applescript arduino asm awk bash basic batch bibtex c c# c++ clojure cmake cobol "
    "coffeescript common-lisp console cpp crystal csharp css csv cuda cypher cython d dart delphi "
    "diff django docker dockerfile dot elisp elixir elm emacs-lisp erb erlang f# fish fortran "
    "fsharp gas gdscript gherkin glsl gnuplot go golang gradle graphql groovy haml handlebars "
    "haskell hcl hlsl html html+django html+jinja http idris ini irb j java javascript jinja "
    "jinja2 js json json5 jsonnet jsx julia kotlin kt latex less lisp llvm lua make makefile "
    "markdown mathematica matlab md mermaid meson mysql nasm nim nix numpy objc objective-c "
    "objectivec ocaml octave odin pascal patch perl perl6 php plpgsql postgres postgresql "
    "powershell ps1 prolog properties protobuf proto puppet purescript py py3 pycon pytb python "
    "python2 python3 qml r racket raku rb react reason rest restructuredtext robotframework rs "
    "rst ruby rust sass scala scheme scss sed sh shell shell-session smalltalk sml solidity "
    "sparql sql sqlite sqlite3 svelte swift systemd tcl terraform tex tf toml ts tsx turtle twig "
    "typescript udiff v vala vb.net verilog vhdl vim viml vue wasm wast wgsl xml xquery xslt yaml "
    "yml zig zsh"
)
