/** Owns: a local server that was not started, for tests of what changes its listeners. */
import { openCertificates } from '#engine/certs/certificates.ts'
import { createLocalServer } from '#engine/server/localServer.ts'
import type { LocalServer, LocalServerOptions } from '#engine/server/types.ts'
import { hashes } from '#test/support/hashes.ts'
import { fakeHub } from '#test/support/server/fakes.ts'
import { emptyFolder, systemClock } from '#test/support/server/place.ts'

export async function createServerOn({
  store,
  secrets,
  log,
}: Pick<LocalServerOptions, 'store' | 'secrets' | 'log'>): Promise<LocalServer> {
  const certs = await openCertificates({ folder: await emptyFolder(), clock: systemClock, log, hostname: 'desk' }) // prettier-ignore
  return createLocalServer({ hub: fakeHub().hub, store, certs, clock: systemClock, log, secrets, hashes })
}
