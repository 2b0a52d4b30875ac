import { crc32 } from 'node:zlib';
import type { WireFraming } from './scenario.ts';

/**
 * `application/vnd.amazon.eventstream`: binary messages of a prelude (length of all, length of the headers, their
 * checksum), headers, a payload and a checksum of all that.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
 */
export const AMAZON_EVENT_STREAM: WireFraming = {
  contentType: 'application/vnd.amazon.eventstream',
  encode: ({ event = 'chunk', data, isException = false }) =>
    encodeMessage(
      {
        [isException ? ':exception-type' : ':event-type']: event,
        ':content-type': 'application/json',
        ':message-type': isException ? 'exception' : 'event',
      },
      Buffer.from(JSON.stringify(data)),
    ),
};

const STRING_HEADER = 7;

function encodeMessage(headers: Readonly<Record<string, string>>, payload: Buffer): Buffer {
  const headerBytes = Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(Buffer.byteLength(value));
      return Buffer.concat([
        Buffer.from([name.length]),
        Buffer.from(name),
        Buffer.from([STRING_HEADER]),
        length,
        Buffer.from(value),
      ]);
    }),
  );
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(16 + headerBytes.length + payload.length, 0);
  lengths.writeUInt32BE(headerBytes.length, 4);
  const message = Buffer.concat([lengths, checksum(lengths), headerBytes, payload]);
  return Buffer.concat([message, checksum(message)]);
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
}
