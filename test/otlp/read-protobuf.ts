/** A message as it was read: by name of the field, a list of its values, for each may be repeated. */
export type Message = Readonly<Record<string, readonly Value[]>>;
export type Value = string | number | bigint | boolean | Uint8Array | Message;

/** What a field holds. A function names the message that it nests, which may nest itself. */
type FieldType = 'string' | 'bytes' | 'varint' | 'bool' | 'fixed64' | 'double' | 'packed-double' | (() => Schema);

/** The fields of a message, by number. Others are passed over. */
export type Schema = Readonly<Record<number, readonly [name: string, type: FieldType]>>;

/** Reads a protobuf message of the wire format, as far as a schema names its fields. */
export function readProtobuf(bytes: Uint8Array, schema: Schema): Message {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const message: Record<string, Value[]> = {};
  let position = 0;

  function varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(position++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  while (position < bytes.length) {
    const tag = Number(varint());
    const field = schema[tag >>> 3];
    const wireType = tag & 7;
    const add = (...values: readonly Value[]): void => {
      if (field !== undefined) (message[field[0]] ??= []).push(...values);
    };
    if (wireType === 0) {
      const value = varint();
      add(field?.[1] === 'bool' ? value !== 0n : BigInt.asIntN(64, value));
    } else if (wireType === 1) {
      add(field?.[1] === 'double' ? view.getFloat64(position, true) : view.getBigUint64(position, true));
      position += 8;
    } else if (wireType === 2) {
      const length = Number(varint());
      const part = bytes.subarray(position, position + length);
      position += length;
      if (field !== undefined) add(...lengthDelimited(part, field[1]));
    } else if (wireType === 5) {
      position += 4;
    } else {
      throw new Error(`Wire type ${wireType} at ${position}.`);
    }
  }
  return message;
}

function lengthDelimited(part: Uint8Array, type: FieldType): readonly Value[] {
  if (typeof type === 'function') return [readProtobuf(part, type())];
  if (type === 'string') return [new TextDecoder().decode(part)];
  if (type === 'packed-double') {
    const view = new DataView(part.buffer, part.byteOffset, part.byteLength);
    return Array.from({ length: part.length / 8 }, (_, index) => view.getFloat64(index * 8, true));
  }
  return [part];
}
