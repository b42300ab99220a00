/** Kubernetes resource quantities: `100m`, `70Mi`, `4020912Ki`. Exact in thousandths up to 2^53. */

export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';
export interface Quantity { /** The value in thousandths. */ readonly milli: number; readonly format: QuantityFormat }

const BINARY: Readonly<Record<string, number>> = { Ki: 1024, Mi: 1024 * 1024, Gi: 1024 * 1024 * 1024, Ti: 1_099_511_627_776, Pi: 1_125_899_906_842_624, Ei: 1_152_921_504_606_846_976 };
const DECIMAL: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 };

/** Null when the text is no quantity. */
export function parseQuantity(text: string | number): Quantity | null {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.exec(String(text));
  if (match === null) return null;
  const [, number, suffix = ''] = match as unknown as [string, string, string | undefined];
  if (suffix in BINARY) return { milli: Math.ceil(Number(number) * BINARY[suffix]! * 1000), format: 'BinarySI' };
  if (suffix in DECIMAL) return { milli: Math.ceil(Number(number) * (DECIMAL[suffix]! * 1000) - 1e-9) || 0, format: 'DecimalSI' };
  return { milli: Math.ceil(Number(`${number}${suffix}`) * 1000), format: 'DecimalExponent' };
}

/** The canonical spelling: the largest suffix that keeps it whole. */
export function formatQuantity({ milli, format }: Quantity): string {
  if (milli === 0) return '0';
  if (milli % 1000 !== 0) return `${milli}m`;
  let value = milli / 1000;
  if (format === 'BinarySI') {
    const names = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
    let i = 0;
    while (i < 6 && value % 1024 === 0) {
      value /= 1024;
      i++;
    }
    return `${value}${names[i]}`;
  }
  const names = format === 'DecimalExponent' ? ['', 'e3', 'e6', 'e9', 'e12', 'e15', 'e18'] : ['', 'k', 'M', 'G', 'T', 'P', 'E'];
  let i = 0;
  while (i < 6 && value % 1000 === 0) {
    value /= 1000;
    i++;
  }
  return `${value}${names[i]}`;
}

export const addQuantity = (a: Quantity, b: Quantity): Quantity => ({ milli: a.milli + b.milli, format: a.milli === 0 ? b.format : a.format });
export const compareQuantity = (a: Quantity, b: Quantity): number => a.milli - b.milli;
