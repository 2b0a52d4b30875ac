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
  const server = createServer(async ({ url }, response) => {
    if (url === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(HTML);
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    const file = path.startsWith('/public/build/') ? join(ICONS, path.slice('/public/build/'.length)) : join(folder, path);
    try {
      const body = await readFile(file);
      return response.writeHead(200, { 'content-type': TYPES[file.split('.').at(-1)] ?? 'application/octet-stream' }).end(body);
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}
