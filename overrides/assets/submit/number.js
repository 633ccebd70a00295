// Exact decimal numbers: sums of figures must not be off by what a browser's own numbers cannot hold.
(function () {
  "use strict";
  const { submit } = (typeof self !== "undefined" ? self : globalThis).nianbao;

  const NOUGHT = { units: BigInt(0), places: 0 };
  const LEAST = -6; // smaller numbers are written with an exponent, as the checker writes them

  /** The number that a plain decimal writes. */
  function read(text) {
    const [front, behind] = text.split(".");
    return { units: BigInt(front + (behind || "")), places: behind ? behind.length : 0 };
  }

  function scaled(number, places) {
    return number.units * BigInt("1" + "0".repeat(places - number.places));
  }

  function joined(one, other, how) {
    const places = Math.max(one.places, other.places);
    return { units: how(scaled(one, places), scaled(other, places)), places };
  }

  function add(one, other) {
    return joined(one, other, (a, b) => a + b);
  }

  function minus(one, other) {
    return joined(one, other, (a, b) => a - b);
  }

  /** Less than nought where `one` is less, nought where they are equal. */
  function compare(one, other) {
    const { units } = minus(one, other);
    return units < NOUGHT.units ? -1 : units > NOUGHT.units ? 1 : 0;
  }

  function size(number) {
    return number.units < NOUGHT.units ? minus(NOUGHT, number) : number;
  }

  function whole(number) {
    return number.units % BigInt("1" + "0".repeat(number.places)) === NOUGHT.units;
  }

  /** The number as the checker writes it. */
  function text(number) {
    const sign = number.units < NOUGHT.units ? "-" : "";
    const digits = String(size(number).units);
    const exponent = digits.length - 1 - number.places;
    if (exponent < LEAST) return sign + digits[0] + (digits[1] ? "." + digits.slice(1) : "") + "E" + exponent;
    const padded = digits.padStart(number.places + 1, "0");
    const point = padded.length - number.places;
    return sign + padded.slice(0, point) + (number.places ? "." + padded.slice(point) : "");
  }

  submit.number = { NOUGHT, read, add, minus, compare, size, whole, text };
})();
