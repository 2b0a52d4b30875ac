import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const ICONS = fileURLToPath(new URL('node_modules/@grafana/ui/dist/public', import.meta.url));
const HTML = `<!doctype html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/page.css"></head>
<body style="margin:0"><div id="root"></div><script src="/page.js"></script></body></html>`;
const TYPES = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

/** Serves the page that was built, and Grafana's icons, on a free port of this machine. */
export async function servePage(folder) {
  const server = createServer(({ url }, response) => {
    contentOf(new URL(url, 'http://localhost').pathname, folder).then(
      ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}

async function contentOf(address, folder) {
  if (address === '/') return { type: 'text/html', body: HTML };
  const path = normalize(decodeURIComponent(address));
  const isIcon = path.startsWith('/public/build/');
  const file = isIcon ? join(ICONS, path.slice('/public/build/'.length)) : join(folder, path);
  return { type: TYPES[path.split('.').at(-1)] ?? 'application/octet-stream', body: await readFile(file) };
}
