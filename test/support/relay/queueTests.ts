/** Owns: queues and mail servers of one test file, stopped and closed behind each test. */
import { afterEach } from 'vitest'
import type { Leg } from '#engine/relay/types.ts'
import { type MailRules, type MailServer, mailServer } from './deliveryServer.ts'
import { type Kit, type KitParts, startQueue } from './queue.ts'

export const isOver = ({ state }: Leg): boolean => state !== 'waiting' && state !== 'held'
export const wasTried = ({ tries }: Leg): boolean => tries > 0

/** A port that nobody listens on. */
const nobody = async (): Promise<number> => {
  const { port, close } = await mailServer()
  await close()
  return port
}

export function queueTests() {
  const servers: { close(): Promise<void> }[] = []
  const kits: Kit[] = []
  afterEach(async () => {
    await Promise.all(kits.splice(0).map(({ queue }) => queue.stop()))
    await Promise.all(servers.splice(0).map((server) => server.close()))
  })
  const keep = <T extends { close(): Promise<void> }>(server: T): T => {
    servers.push(server)
    return server
  }
  const serve = async (rules: MailRules = {}): Promise<MailServer> => keep(await mailServer(rules))
  const start = async (parts: KitParts): Promise<Kit> => {
    const kit = await startQueue(parts)
    kits.push(kit)
    return kit
  }
  return { serve, start, keep, nobody }
}
