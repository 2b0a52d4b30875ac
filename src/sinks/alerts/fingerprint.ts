const TWO_TO_32 = 0x1_0000_0000;
const SEPARATOR = 0xff;
const encoder = new TextEncoder();

/**
 * The fingerprint of a set of labels as Prometheus and Alertmanager compute it: FNV-1a of 64 bits over the names in
 * order and their values, in UTF-8, each followed by 0xff. The order in which the labels are given does not matter.
 */
export function fingerprintOf(labels: Readonly<Record<string, string>>): string {
  // 0xcbf29ce484222325 in two halves: BigInt would take ten times as long.
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  const add = (byte: number): void => {
    const mixed = (low ^ byte) >>> 0;
    // Times the prime, which is 2^40 + 435.
    const product = mixed * 435;
    high = (high * 435 + Math.floor(product / TWO_TO_32) + mixed * 256) % TWO_TO_32;
    low = product % TWO_TO_32;
  };
  for (const name of Object.keys(labels).sort()) {
    for (const text of [name, labels[name] ?? '']) {
      for (const byte of encoder.encode(text)) add(byte);
      add(SEPARATOR);
    }
  }
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}
