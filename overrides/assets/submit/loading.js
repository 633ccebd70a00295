// Scripts that not everybody needs: fetched, in their order, when they are.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const loads = new Map();

  // In the page as one file everything is there already.
  function load(root, name) {
    const names = (root.getAttribute("data-" + name) || "").split(" ").filter(Boolean);
    const one = (path) =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = root.getAttribute("data-root") + "assets/" + path + ".js?v=" + root.getAttribute("data-version");
        script.async = false;
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      });
    return Promise.all(names.map(one));
  }

  /** The scripts that the page lists under a name; loading that failed is tried again when asked again. */
  function scripts(root, name) {
    if (!loads.has(name)) loads.set(name, load(root, name));
    loads.get(name).catch(() => loads.delete(name));
    return loads.get(name);
  }

  nianbao.submit = { loading: { scripts } };
})();
