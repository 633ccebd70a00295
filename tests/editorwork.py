"""The YAML language server that VS Code runs, asked over its standard streams as an editor asks it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SERVER = "yaml-language-server/bin/yaml-language-server"


class Editor:
    """A server that runs, with the settings of a folder's .vscode/settings.json. Documents need not be on disk."""

    def __init__(self, node: list[str], node_modules: Path, folder: Path, locale: str = "en") -> None:
        settings = json.loads((folder / ".vscode/settings.json").read_text(encoding="utf-8"))
        self.settings = {
            key.partition(".")[2]: value for key, value in settings.items() if key.startswith("yaml.")
        }
        self.process = subprocess.Popen(
            [*node, str(node_modules / SERVER), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "NO_PROXY": "*"},
        )
        self.number, self.said = 0, dict[str, list[dict[str, Any]]]()
        root = folder.as_uri()
        self.ask(
            "initialize",
            processId=os.getpid(),
            rootUri=root,
            locale=locale,
            capabilities={
                "textDocument": {"hover": {"contentFormat": ["markdown", "plaintext"]}},
                "workspace": {"configuration": True},
            },
            workspaceFolders=[{"uri": root, "name": "archive"}],
        )
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings={"yaml": self.settings})

    def problems(self, folder: Path, text: str) -> list[dict[str, Any]]:
        """What the editor underlines in a document."""
        document = self.open(folder, text)
        while document not in self.said:
            self._take(self._read())
        return self.said[document]

    def open(self, folder: Path, text: str) -> str:
        """Show a document in a folder, one of its own each time: what is said of it cannot be meant for another."""
        self.number += 1
        document = (folder / f"document-{self.number}.yml").as_uri()
        about = {"uri": document, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=about)
        return document

    def at(self, what: str, document: str, line: int, column: int) -> Any:
        """What the server says of a place in a document that is open; lines and columns count from 0."""
        place = {"line": line, "character": column}
        return self.ask(f"textDocument/{what}", textDocument={"uri": document}, position=place)

    def ask(self, method: str, **params: Any) -> Any:
        """Ask, and wait for the answer; what the server asks meanwhile is answered."""
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while (message := self._read()).get("id") != self.number or "method" in message:
            self._take(message)
        assert "error" not in message, message
        return message["result"]

    def tell(self, method: str, **params: Any) -> None:
        """Tell; there is no answer."""
        self._send({"method": method, "params": params})

    def close(self) -> None:
        """End it."""
        self.ask("shutdown")
        self.tell("exit")
        self.process.communicate()

    def _take(self, message: Mapping[str, Any]) -> None:
        if message.get("method") == "textDocument/publishDiagnostics":
            uri, found = message["params"]["uri"], message["params"]["diagnostics"]
            self.said[uri] = found
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": self._answer(message)})

    def _answer(self, message: Mapping[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        wanted = [item.get("section", "") for item in message["params"]["items"]]
        return [self._nested() if section == "yaml" else {} for section in wanted]

    def _nested(self) -> dict[str, Any]:
        """Settings as a client hands them on: `schemaStore.enable` is a tree."""
        tree: dict[str, Any] = {}
        for key, value in self.settings.items():
            *way, last = key.split(".")
            here = tree
            for step in way:
                here = here.setdefault(step, {})
            here[last] = value
        return tree

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self.process.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        if not length:
            raise EOFError("the server ended")
        return dict(json.loads(self.process.stdout.read(length)))
