/** The headers for this body; the very same ones where nobody says a length: fetch refuses a body of another. */
export function withLength(headers: Headers, body: string): Headers {
  if (!headers.has('content-length')) return headers;
  const copy = new Headers(headers);
  copy.set('content-length', String(new TextEncoder().encode(body).length));
  return copy;
}
