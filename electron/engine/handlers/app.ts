/** Owns: answering what this program is and where its things lie. */
import { readFile } from 'node:fs/promises'
import type { Handlers } from '#shared/rpc/types.ts'
import type { Parts } from './parts.ts'

export function appHandlers({ ports, certs }: Pick<Parts, 'ports' | 'certs'>): Pick<Handlers, 'app.info'> {
  return {
    'app.info': async () => ({
      version: ports.version,
      host: ports.host,
      platform: `${process.platform} ${process.arch}`,
      dataFolder: ports.dataFolder,
      caFile: certs.caFile,
      ...(await authority(certs.caFile)),
      runtime: runtime(),
    }),
  }
}

/** Nothing when the file is gone: the page then cannot offer to trust it, and that is all. */
async function authority(file: string): Promise<{ caPem?: string }> {
  try {
    return { caPem: await readFile(file, 'utf8') }
  } catch {
    return {}
  }
}

/** As "Electron 45.4.1, Node 24.21.0, OpenSSL 3.5". */
function runtime(): string {
  const { electron, node, openssl } = process.versions
  const parts = [electron && `Electron ${electron}`, `Node ${node}`, openssl && `OpenSSL ${openssl}`]
  return parts.filter(Boolean).join(', ')
}
