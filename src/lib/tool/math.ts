/**
 * Elementary functions that give the same bits in every engine: the built-in ones may differ in the last place, and the
 * simulation may not. Only `+ - * /` and the square root are used, which IEEE 754 fixes.
 */

const LN2 = 0.693_147_180_559_945_3;
const PI = Math.PI;

/** x to a whole power. */
function whole(x: number, n: number): number {
  let [result, base] = [1, x];
  for (let left = Math.abs(n); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= base;
    base *= base;
  }
  return n < 0 ? 1 / result : result;
}
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.79) return Infinity;
  if (x < -745.2) return 0;
  const k = Math.round(x / LN2);
  const r = x - k * LN2;
  let [sum, term] = [1, 1];
  for (let i = 1; i < 22; i++) {
    term *= r / i;
    sum += term;
  }
  return sum * whole(2, k);
}
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  let [k, m] = [0, x];
  while (m > 1.414_213_562_373_095) {
    m /= 2;
    k++;
  }
  while (m < 0.707_106_781_186_547_5) {
    m *= 2;
    k--;
  }
  const s = (m - 1) / (m + 1);
  let [sum, power] = [0, s];
  for (let i = 1; i < 44; i += 2) {
    sum += power / i;
    power *= s * s;
  }
  return k * LN2 + 2 * sum;
}
export function power(x: number, y: number): number {
  if (Number.isInteger(y) && Math.abs(y) < 2048) return whole(x, y);
  if (y === 0.5) return Math.sqrt(x);
  return x === 0 ? (y > 0 ? 0 : Infinity) : exp(y * log(x));
}
export function sin(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  let r = x - Math.round(x / (2 * PI)) * 2 * PI;
  if (r > PI / 2) r = PI - r;
  if (r < -PI / 2) r = -PI - r;
  let [sum, term] = [r, r];
  for (let i = 1; i < 14; i++) {
    term *= -(r * r) / ((2 * i) * (2 * i + 1));
    sum += term;
  }
  return sum;
}
export const cos = (x: number): number => sin(x + PI / 2);

function arctan(x: number): number {
  if (x < 0) return -arctan(-x);
  if (x > 1) return PI / 2 - arctan(1 / x);
  if (x > 0.2) return 2 * arctan(x / (1 + Math.sqrt(1 + x * x)));
  let [sum, p] = [0, x];
  for (let i = 1, sign = 1; i < 40; i += 2, sign = -sign) {
    sum += (sign * p) / i;
    p *= x * x;
  }
  return sum;
}
export function atan2(y: number, x: number): number {
  if (x > 0) return arctan(y / x);
  if (x < 0) return arctan(y / x) + (y < 0 ? -PI : PI);
  return y > 0 ? PI / 2 : y < 0 ? -PI / 2 : 0;
}
