/**
 * Owns: the page's files, read once into a fixed table. A request looks its path up and nothing more, so no path, however
 * written, reaches the disk.
 */
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

export interface StaticFile {
  bytes: Buffer
  type: string
  /** The name carries a hash of the content: it may be kept. */
  lasting: boolean
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

const hashed = /^\/assets\/.+-[\w-]{8}\.\w+$/

/** Files under `folder` by their path from `/`; `/` is index.html. Kinds that a page does not need are left out. */
export async function readStaticFiles(folder: string): Promise<Map<string, StaticFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const table = new Map<string, StaticFile>()
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name)
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = `/${relative(folder, file).split(sep).join('/')}`
    table.set(path, { bytes: await readFile(file), type, lasting: hashed.test(path) })
  }
  const index = table.get('/index.html')
  if (index === undefined) throw new Error(`${join(folder, 'index.html')} is missing: run "npm run build".`)
  table.set('/', index)
  return table
}
