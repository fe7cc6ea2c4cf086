/** Owns: answering what this program is and where its things lie. */
import type { Handlers } from '#shared/rpc/types.ts'
import type { Parts } from './parts.ts'

export function appHandlers({ ports, certs }: Pick<Parts, 'ports' | 'certs'>): Pick<Handlers, 'app.info'> {
  return {
    'app.info': () => ({
      version: ports.version,
      host: ports.host,
      platform: `${process.platform} ${process.arch}`,
      dataFolder: ports.dataFolder,
      caFile: certs.caFile,
      runtime: runtime(),
    }),
  }
}

/** As "Electron 45.4.1, Node 24.21.0, OpenSSL 3.5". */
function runtime(): string {
  const { electron, node, openssl } = process.versions
  const parts = [electron && `Electron ${electron}`, `Node ${node}`, openssl && `OpenSSL ${openssl}`]
  return parts.filter(Boolean).join(', ')
}
