import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The page in one script and one style sheet, at `folder`. */
export async function buildPage(folder) {
  await build({
    entryPoints: [fileURLToPath(new URL('page/main.jsx', import.meta.url))],
    outfile: `${folder}/page.js`,
    bundle: true,
    minify: true,
    format: 'iife',
    jsx: 'automatic',
    target: 'chrome130',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', global: 'globalThis' },
    loader: { '.svg': 'dataurl', '.woff2': 'dataurl', '.woff': 'empty', '.ttf': 'dataurl', '.png': 'dataurl' },
    logLevel: 'error',
  });
}
