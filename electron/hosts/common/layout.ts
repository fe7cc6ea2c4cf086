/** Owns: where the parts of the program lie, seen from an entry: run from source, or built into out/main. */
import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Layout {
  /** The built page. */
  page: string
  preload: string
  /** The store's worker script when built; from source the engine finds its own. */
  storeWorker?: URL
}

/** `entry` is `import.meta.url` of an entry: out/main/NAME.js, or electron/hosts/HOST/NAME.ts. */
export function layoutOf(entry: string): Layout {
  const folder = dirname(fileURLToPath(entry))
  const built = basename(folder) === 'main' && basename(dirname(folder)) === 'out'
  const out = built ? dirname(folder) : resolve(folder, '../../../out')
  return {
    page: resolve(out, 'renderer'),
    preload: resolve(out, 'preload/preload.cjs'),
    ...(built && { storeWorker: new URL('./storeWorker.js', entry) }),
  }
}
