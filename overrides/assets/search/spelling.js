// Names of places: what is the type in them, and how they may be typed in pinyin: in whole syllables, in initials,
// in both mixed, or the beginning of these.
// A name is {sounds: [[syllables of a character], …], core: characters without the type, characters}.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const PEOPLES = "(?:(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|" +
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|" +
    "鄂伦春|赫哲|门巴|珞巴|基诺|民|各)族|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|蒙古(?=自治[州县]))*";
  const TYPES = "(?:自治[区州县旗]|(?:经济|高新)?(?:技术)?(?:产业)?开发区|管理区|新区|林区|特区|地区|街道|苏木|[省市县区盟旗镇乡]|[农林牧渔]场)?";
  const OFFICE = "(?:人民政府|政府|办事处|管理委员会|管委会)?";
  const NAME = new RegExp("^(.{2,}?)" + PEOPLES + TYPES + OFFICE + "$", "u");

  // The name without its type: 油车港 of 油车港镇. At least two characters stay.
  function core(name) {
    const found = NAME.exec(name);
    return found ? found[1] : name;
  }

  // Letters typed, and the places where a blank or an apostrophe says that a syllable ends.
  function read(query) {
    const plain = query.toLowerCase().normalize("NFD").replace(/u\u0308/g, "v").replace(/[\u0300-\u036f]/g, "");
    if (!/^[a-z][a-z\s'’`·-]*$/.test(plain)) return null;
    const parts = plain.replace(/v/g, "u").split(/[^a-z]+/).filter(Boolean);
    const breaks = new Set();
    let at = 0;
    parts.forEach((part) => { at += part.length; breaks.add(at); });
    return { letters: parts.join(""), breaks: breaks };
  }

  // Walks a name along the letters: each character takes its syllable (1) or its initial (2).
  function walk(typed, entry, from, visit) {
    const letters = typed.letters;
    function unbroken(at, end) {
      for (let i = at + 1; i < end; i += 1) if (typed.breaks.has(i)) return false;
      return true;
    }
    function step(i, at, ways) {
      visit(i, at, ways, false);
      if (i === entry.sounds.length || at === letters.length) return;
      entry.sounds[i].forEach((sound) => {
        if (sound[0] !== letters[at]) return;
        if (letters.startsWith(sound, at)) {
          if (unbroken(at, at + sound.length)) step(i + 1, at + sound.length, ways | 1);
        } else if (sound.startsWith(letters.slice(at)) && letters.length - at > 1 && unbroken(at, letters.length)) {
          visit(i, letters.length, ways | 1, true); // the last syllable is half typed
        }
        if (sound.length > 1) step(i + 1, at + 1, ways | 2);
        if (sound[1] === "h" && letters[at + 1] === "h") step(i + 1, at + 2, ways | 2);
      });
    }
    step(0, from, 0);
  }

  // 0 all syllables · 1 all initials · 2 mixed; 3 more for the beginning of a name only.
  function rank(typed, entry, from) {
    let best = Infinity;
    walk(typed, entry, from, (i, at, ways, half) => {
      if (at < typed.letters.length || !ways) return;
      const whole = !half && (i === entry.core || i === entry.characters.length);
      if (!whole && ways !== 1 && at - from < 3) return; // two initials begin too many names
      best = Math.min(best, ways - 1 + (whole ? 0 : 3));
    });
    return best;
  }

  function ends(typed, entry, from) {
    const found = new Set();
    walk(typed, entry, from, (i, at, ways, half) => {
      if (!half && ways === 1 && (i === entry.core || i === entry.characters.length)) found.add(at);
    });
    return found;
  }

  nianbao.spelling = { core, read, rank, ends };
})();
