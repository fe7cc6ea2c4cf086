import type { MessagePortMain } from 'electron'
import type { MessagePort as NodePort } from 'node:worker_threads'
import { messagePort } from '#renderer/app/port.ts'
import type { Port } from '#shared/rpc/types.ts'
import { conformance, type OpenTransport } from '../../../shared/rpc/conformance.ts'
import { channelPort } from '../../../../electron/hosts/desktop/channelPort.ts'
import { fakeChannel, type FakeMessagePortMain } from './fakeElectron.ts'

const asMain = (fake: FakeMessagePortMain): MessagePortMain => fake
const asPage = (port: NodePort): MessagePort => port as unknown as MessagePort

/** A real channel of structured clones: the page's half at one end, the main process's at the other. */
const open: OpenTransport = (accept) => {
  const ends: Port[] = []
  const connect = (): Port => {
    const { main, page } = fakeChannel()
    const port = messagePort(asPage(page))
    ends.push(port)
    accept(channelPort(asMain(main)))
    return port
  }
  return Promise.resolve({ connect, stop: () => Promise.resolve(ends.forEach((end) => end.close())) })
}

conformance('a MessagePort', open)
