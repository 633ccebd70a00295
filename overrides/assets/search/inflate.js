// gzip -> bytes (RFC 1951, 1952), for browsers without DecompressionStream. Loaded only there.
(function () {
  "use strict";
  const scope = typeof self !== "undefined" ? self : globalThis;
  const nianbao = scope.nianbao || (scope.nianbao = {});

  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const MOST = 15;
  const FIXED_LENGTHS = new Uint8Array(288).map((_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
  const LENGTHS = steps(29, 3, (i) => (i < 8 || i === 28 ? 0 : (i >> 2) - 1));
  const DISTANCES = steps(30, 1, (i) => (i < 4 ? 0 : (i >> 1) - 1));
  LENGTHS.base[28] = 258; // the longest has a code of its own, out of the row

  function steps(count, first, bitsOf) {
    const base = new Uint16Array(count);
    const bits = new Uint8Array(count);
    for (let i = 0, next = first; i < count; i++) {
      base[i] = next;
      bits[i] = bitsOf(i);
      next += 1 << bits[i];
    }
    return { base, bits };
  }

  function must(held, what) {
    if (!held) throw new Error("gzip: " + what);
  }

  /** Reads bits, the lowest of a byte first; running out of bytes is an error. */
  class Bits {
    constructor(data, at, end) {
      this.data = data;
      this.at = at;
      this.end = end;
      this.held = 0;
      this.count = 0;
    }

    take(count) {
      while (this.count < count) {
        must(this.at < this.end, "truncated");
        this.held |= this.data[this.at++] << this.count;
        this.count += 8;
      }
      const value = this.held & ((1 << count) - 1);
      this.held >>>= count;
      this.count -= count;
      return value;
    }

    symbol(code) {
      let value = 0;
      for (let length = 1, first = 0, index = 0; length <= MOST; length++) {
        value |= this.take(1);
        const count = code.counts[length];
        if (value - first < count) return code.symbols[index + value - first];
        index += count;
        first = (first + count) << 1;
        value <<= 1;
      }
      throw new Error("gzip: no such code");
    }

    aligned() {
      this.held = this.count = 0; // never more than the rest of one byte is held between symbols
    }
  }

  /** A canonical code by the lengths of its words. Too many words are an error; too few only for a single one. */
  function codeOf(lengths) {
    const counts = new Uint16Array(MOST + 1);
    for (const length of lengths) counts[length]++;
    const used = lengths.length - counts[0];
    counts[0] = 0;
    let left = 1;
    const starts = new Uint16Array(MOST + 2);
    for (let length = 1; length <= MOST; length++) {
      left = left * 2 - counts[length];
      must(left >= 0, "too many codes");
      starts[length + 1] = starts[length] + counts[length];
    }
    must(left === 0 || (used <= 1 && counts[1] === used), "codes missing");
    const symbols = new Uint16Array(lengths.length);
    lengths.forEach((length, symbol) => {
      if (length) symbols[starts[length]++] = symbol;
    });
    return { counts, symbols };
  }

  /** Bytes that grow, but not beyond what the file itself says it holds. */
  class Out {
    constructor(size) {
      this.bytes = new Uint8Array(size);
      this.size = 0;
    }

    put(byte) {
      must(this.size < this.bytes.length, "longer than it says");
      this.bytes[this.size++] = byte;
    }

    copy(distance, length) {
      must(distance <= this.size, "reaches before the beginning");
      for (let i = 0; i < length; i++) this.put(this.bytes[this.size - distance]);
    }
  }

  function stored(bits, out) {
    bits.aligned();
    const length = bits.take(16);
    must((bits.take(16) ^ 0xffff) === length, "length");
    for (let i = 0; i < length; i++) out.put(bits.take(8));
  }

  function coded(bits, out, literals, distances) {
    for (let symbol = bits.symbol(literals); symbol !== 256; symbol = bits.symbol(literals)) {
      if (symbol < 256) {
        out.put(symbol);
        continue;
      }
      const length = valueOf(bits, LENGTHS, symbol - 257);
      out.copy(valueOf(bits, DISTANCES, bits.symbol(distances)), length);
    }
  }

  function valueOf(bits, steps, symbol) {
    must(symbol < steps.base.length, "no such length or distance");
    return steps.base[symbol] + bits.take(steps.bits[symbol]);
  }

  function dynamic(bits) {
    const literals = bits.take(5) + 257;
    const total = literals + bits.take(5) + 1;
    const count = bits.take(4) + 4;
    const short = new Uint8Array(19);
    for (let i = 0; i < count; i++) short[ORDER[i]] = bits.take(3);
    const code = codeOf(short);
    const lengths = new Uint8Array(total);
    for (let i = 0; i < total; ) {
      const symbol = bits.symbol(code);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      must(symbol > 16 || i > 0, "nothing to repeat");
      const repeated = symbol === 16 ? lengths[i - 1] : 0;
      const times = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
      must(i + times <= total, "too many lengths");
      lengths.fill(repeated, i, i + times);
      i += times;
    }
    must(literals <= 286 && lengths[256] > 0, "no end");
    return [codeOf(lengths.subarray(0, literals)), codeOf(lengths.subarray(literals))];
  }

  function blocks(bits, out) {
    for (let last = 0; !last; ) {
      last = bits.take(1);
      const kind = bits.take(2);
      must(kind < 3, "no such block");
      if (kind === 0) stored(bits, out);
      else {
        const [literals, distances] = kind === 1 ? [codeOf(FIXED_LENGTHS), codeOf(new Uint8Array(32).fill(5))] : dynamic(bits);
        coded(bits, out, literals, distances);
      }
    }
  }

  const TABLE = new Int32Array(256).map((_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
    return byte;
  });

  function crc32(bytes) {
    let crc = -1;
    for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
    return (crc ^ -1) >>> 0;
  }

  // Where the packed data begin: after the fixed ten bytes and what the flags announce.
  function header(data) {
    must(data.length >= 18 && data[0] === 0x1f && data[1] === 0x8b && data[2] === 8 && data[3] < 32, "header");
    let at = 10;
    if (data[3] & 4) at += 2 + data[at] + data[at + 1] * 256;
    for (const flag of [8, 16]) if (data[3] & flag) at = data.indexOf(0, at) + 1 || data.length;
    if (data[3] & 2) at += 2;
    must(at <= data.length - 8, "truncated");
    return at;
  }

  /** The bytes packed in one gzip member; throws on anything that is not whole and sound. */
  nianbao.inflate = (data) => {
    const bits = new Bits(data, header(data), data.length - 8);
    const tail = new DataView(data.buffer, data.byteOffset + data.length - 8);
    const size = tail.getUint32(4, true);
    must(size <= data.length * 1032, "size"); // no deflate packs tighter; so a bad size takes no memory
    const out = new Out(size);
    blocks(bits, out);
    must(bits.at === bits.end && out.size === size, "size");
    must(crc32(out.bytes) === tail.getUint32(0, true), "checksum");
    return out.bytes;
  };
})();
