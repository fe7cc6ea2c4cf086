/** Owns: the form of where mail goes: what is typed, the settings that it makes, problems at their fields. */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { Delivery, RelaySettings } from '#shared/rpc/contract/relay.ts'

type ToHost = Extract<Delivery, { to: 'host' }>

export interface DeliveryForm {
  to: Delivery['to']
  host: string
  port: string
  tls: ToHost['tls']
  user: string
  password: string
  resolver: string
  validates: boolean
  mxPort: string
}

const nobody: ToHost = { to: 'host', host: '', port: 587, tls: 'starttls' }

/** `last`: the one host from before another destination was chosen; whoever goes back to it finds it as it was. */
export function deliveryForm({ delivery, resolver, resolverValidates, mxPort = 25 }: RelaySettings, last: ToHost | null = null): DeliveryForm {
  const { host, port, tls, user = '' } = delivery.to === 'host' ? delivery : (last ?? nobody)
  return {
    to: delivery.to,
    host,
    port: String(port),
    tls,
    user,
    password: '',
    resolver: resolver ?? '',
    validates: resolverValidates ?? false,
    // As good as not said: nobody is bothered with it.
    mxPort: mxPort === 25 ? '' : String(mxPort),
  }
} // prettier-ignore

export type DeliveryField = 'host' | 'port' | 'user' | 'password' | 'resolver' | 'mxPort'
export type DeliveryProblems = Partial<Record<DeliveryField | 'other', string>>

const port = (text: string): number | null =>
  /^\d{1,5}$/u.test(text.trim()) && Number(text) >= 1 && Number(text) <= 65_535 ? Number(text) : null

export interface DeliveryChange {
  delivery: Delivery
  resolver: string | null
  resolverValidates: boolean
  mxPort: number
  password?: string
}

/** The change, or what is wrong with it. */
export function deliveryChange(form: DeliveryForm): { change: DeliveryChange } | { problems: DeliveryProblems } {
  const problems: DeliveryProblems = {}
  const hostPort = port(form.port)
  const mx = form.mxPort.trim() === '' ? 25 : port(form.mxPort)
  if (form.to === 'host' && form.host.trim() === '') problems.host = 'The host is empty. Write mail.example.com or 127.0.0.1.'
  if (form.to === 'host' && hostPort === null) problems.port = `“${form.port.trim().slice(0, 20)}” is no port from 1 to 65535.`
  if (mx === null) problems.mxPort = `“${form.mxPort.trim().slice(0, 20)}” is no port from 1 to 65535.`
  if (Object.keys(problems).length > 0) return { problems }
  const user = form.user.trim()
  const delivery: Delivery =
    form.to === 'host'
      ? { to: 'host', host: form.host.trim(), port: hostPort ?? 25, tls: form.tls, ...(user === '' ? {} : { user }) }
      : { to: form.to }
  const resolver = form.resolver.trim()
  return {
    change: {
      delivery,
      resolver: resolver === '' ? null : resolver,
      resolverValidates: form.validates,
      mxPort: mx ?? 25,
      ...(form.to === 'host' && form.password !== '' ? { password: form.password } : {}),
    },
  }
} // prettier-ignore

/** What the engine refused, at its field where there is one. */
export function deliveryRefusals(problems: readonly FieldProblem[]): DeliveryProblems {
  const found: DeliveryProblems = {}
  for (const { field, message } of problems) {
    const known = (['host', 'port', 'user', 'password', 'resolver', 'mxPort'] as const).find((name) => field === name || field.endsWith(`.${name}`)) // prettier-ignore
    found[known ?? 'other'] ??= message
  }
  return found
}

export const deliveryChoices: readonly { value: Delivery['to']; label: string; about: string }[] = [
  {
    value: 'allowed',
    label: 'To allowed hosts',
    about: 'Mail goes to its destination where you allowed that; all other mail is held and waits for you.',
  },
  { value: 'inbox', label: 'To the Inbox', about: 'A catch-all: every message ends in the Inbox. Nothing leaves this computer.' }, // prettier-ignore
  {
    value: 'host',
    label: 'To one host',
    about:
      'A catch-all: every message goes to this one host, whatever its recipient. The host is allowed by that.',
  },
]
