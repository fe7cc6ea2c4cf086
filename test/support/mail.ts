/** Owns: kept messages and server states for tests of the page. */
import type { MessageDetail, MessageSummary } from '#shared/rpc/contract/inbox.ts'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'

export const messageSummary = (change: Partial<MessageSummary> = {}): MessageSummary => ({
  id: 'm1',
  session: 's1',
  receivedAt: '2026-03-04T10:42:00.000Z',
  mailFrom: 'bounce+10294@shop.example',
  rcptTo: ['ines@quayside.example', 'rosa@pelican.example'],
  from: 'Shop orders <orders@shop.example>',
  to: 'ines@quayside.example',
  subject: 'Your order 10294 has shipped',
  size: 4312,
  attachments: 0,
  unread: true,
  port: 2587,
  sealed: true,
  user: 'shop-worker',
  starred: false,
  tags: [],
  outcome: 'kept',
  ...change,
})

/** A page of the list as the engine answers it. */
export const inboxPage = (
  items: MessageSummary[] = [],
  more: { next?: string; total?: number; unread?: number } = {},
) => ({
  items,
  total: items.length,
  unread: items.filter(({ unread }) => unread).length,
  counts: { kept: items.length, refused: 0, broken: 0, idle: 0 },
  disk: 218 << 20,
  ...more,
})

export const messageDetail = (change: Partial<MessageDetail> = {}): MessageDetail => ({
  ...messageSummary(),
  headers: [
    { name: 'From', value: 'Shop orders <orders@shop.example>' },
    { name: 'To', value: 'ines@quayside.example' },
    { name: 'Subject', value: 'Your order 10294 has shipped' },
  ],
  text: 'Hello Ines,\n\nthe parcel left our store this morning.\n',
  html: false,
  parts: [{ name: '', type: 'text/plain', size: 52 }],
  problems: [],
  ...change,
})

type ListenerStatus = ServerStatus['listeners'][number]

export const listenerStatus = (change: Partial<ListenerStatus> = {}): ListenerStatus => ({
  address: '127.0.0.1',
  port: 2525,
  tls: 'starttls',
  auth: 'optional',
  authOnlyAfterTls: false,
  allowOutside: false,
  state: 'listening',
  actualPort: 2525,
  sessions: 1,
  total: 212,
  ...change,
})

export const serverStatus = (change: Partial<ServerStatus> = {}): ServerStatus => ({
  running: true,
  name: 'relayscope.localhost',
  listeners: [
    listenerStatus(),
    listenerStatus({
      port: 2587,
      actualPort: 2587,
      tls: 'starttls-required',
      auth: 'required',
      authOnlyAfterTls: true,
      sessions: 3,
      total: 1904,
    }),
    listenerStatus({ port: 2465, actualPort: 2465, tls: 'implicit', sessions: 0, total: 31 }),
  ],
  users: [],
  limits: {
    messageSize: 64_000_000,
    recipients: 1000,
    connections: 20_000,
    connectionsPerAddress: 20_000,
    idle: 300_000,
    session: 3_600_000,
  },
  messages: 46,
  ...change,
})

const off = ({ actualPort: _port, ...rule }: ListenerStatus): ListenerStatus => ({
  ...rule,
  state: 'off',
  sessions: 0,
  total: 0,
})

/** The same server before it was started. */
export const stoppedServer = (): ServerStatus => {
  const running = serverStatus()
  return { ...running, running: false, listeners: running.listeners.map(off) }
}
