// Files of the site -> bytes and values, whatever the host does to them; each is loaded once.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const INFLATE = "assets/search/inflate.js";
  const loaded = new Map();
  const delivered = new Map();
  const fresh = new Set();
  let root = "";

  /** Why a file cannot be used: "missing", "broken" (not what it should be, or half of it) or "network". */
  class Failure extends Error {
    constructor(kind, path, detail) {
      super(kind + ": " + path + (detail ? " (" + detail + ")" : ""));
      this.name = "Failure";
      this.kind = kind;
      this.path = path;
    }
  }

  /** Say where the site's top is, as seen from this page ("../"); paths are relative to it. */
  function start(top) {
    root = top;
  }

  /** The bytes of a file, inflated if it is packed; whether they are what was wanted is for the caller to see. */
  function bytes(path) {
    return kept("bytes " + path, () => received(path).then((packed) => unpacked(packed, path)));
  }

  /** The JSON object in a file; anything else in it is a Failure. */
  function json(path) {
    return kept("json " + path, () => received(path).then((packed) => unpacked(packed, path)).then((data) => parsed(data, path)));
  }

  /** The JSON object in a file, asked of the host anew: what a browser or a host in between kept may be old. */
  function again(path) {
    loaded.delete("json " + path);
    fresh.add(path);
    return json(path);
  }

  // A load that failed is forgotten, so that trying again means loading again.
  function kept(key, load) {
    if (!loaded.has(key)) {
      const promise = load();
      loaded.set(key, promise);
      promise.catch(() => loaded.delete(key));
    }
    return loaded.get(key);
  }

  function received(path) {
    return onDisk() ? fromScript(path) : fromHost(path);
  }

  /** The address of a page's folder as a link must have it: on a disk no host adds the name of the file. */
  function page(path) {
    return onDisk() ? path + "index.html" : path;
  }

  function onDisk() {
    return Boolean(scope.location) && scope.location.protocol === "file:";
  }

  async function fromHost(path) {
    let answer;
    try {
      answer = await fetch(root + path, { credentials: "same-origin", cache: fresh.has(path) ? "reload" : "default" });
    } catch (error) {
      throw new Failure("network", path, error.message);
    }
    if (!answer.ok) throw new Failure(isGone(answer.status) ? "missing" : "network", path, String(answer.status));
    try {
      return new Uint8Array(await answer.arrayBuffer());
    } catch (error) {
      throw new Failure("network", path, error.message); // the connection broke off
    }
  }

  // 408 and 429 ask for patience; other 4xx, also the 403 of object stores, say there is no such file.
  function isGone(status) {
    return status >= 400 && status < 500 && status !== 408 && status !== 429;
  }

  // Browsers refuse to fetch from file://, but load scripts: the offline copy has each file as one.
  async function fromScript(path) {
    await script(path + ".js", "missing");
    if (!delivered.has(path)) throw new Failure("broken", path, "nothing delivered");
    const text = delivered.get(path);
    delivered.delete(path);
    try {
      return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    } catch (error) {
      throw new Failure("broken", path, error.message);
    }
  }

  function script(path, kind) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = root + path;
      element.onload = () => resolve(element.remove());
      element.onerror = () => {
        element.remove();
        reject(new Failure(kind, path));
      };
      document.head.appendChild(element);
    });
  }

  // A host may have unpacked the file already (Content-Encoding), or hand it over as it is.
  async function unpacked(data, path) {
    if (data[0] !== 0x1f || data[1] !== 0x8b) return data;
    const inflate = typeof DecompressionStream === "undefined" ? await ownInflate() : streamed;
    try {
      return await inflate(data);
    } catch (error) {
      throw new Failure("broken", path, error.message);
    }
  }

  async function streamed(data) {
    const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
    const inflated = new Uint8Array(await new Response(stream).arrayBuffer());
    const size = new DataView(data.buffer, data.byteOffset + data.length - 4).getUint32(0, true);
    if (inflated.length !== size) throw new Error("size"); // early versions passed over a missing end
    return inflated;
  }

  async function ownInflate() {
    if (!nianbao.inflate) await kept("script " + INFLATE, () => script(INFLATE, "network"));
    return nianbao.inflate;
  }

  function parsed(data, path) {
    let value;
    try {
      value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(data));
    } catch (error) {
      throw new Failure("broken", path, error.message);
    }
    if (typeof value !== "object" || value === null) throw new Failure("broken", path, "no object");
    return value;
  }

  /** Called by the scripts of the offline copy. */
  nianbao.deliver = (path, base64) => {
    delivered.set(path, base64);
  };
  nianbao.files = { start, page, bytes, json, again, Failure };
})();
