/** Owns: the local server's calls, and remembering whether the user left it on. Nothing listens until it is asked to. */
import type { Handlers } from '#shared/rpc/types.ts'
import { keptChoices } from './choices.ts'
import type { Parts } from './parts.ts'

const autostart = 'server.autostart'
type Given = Pick<Parts, 'ports' | 'server' | 'store'>

/** Only where a person left it on in a window; the command line says each time what it wants. */
export const remembers = ({ ports }: Pick<Given, 'ports'>): boolean =>
  ports.host === 'desktop' || ports.host === 'browser'

async function remember(given: Given, on: boolean): Promise<void> {
  if (remembers(given)) await given.store.putSetting(autostart, JSON.stringify(on))
}

export function serverHandlers(given: Given): Pick<Handlers, Extract<keyof Handlers, `server.${string}`>> {
  const { server } = given
  return {
    'server.status': () => server.status(),
    'server.start': async ({ config }) => {
      const answer = await server.start(config)
      await remember(given, answer.status.running)
      return answer
    },
    'server.stop': async () => {
      await remember(given, false)
      return server.stop()
    },
    'server.configure': (change) => server.configure(change),
    'server.hold': (rules) => server.hold(rules),
    'server.changes': () => server.changes,
    'server.certificates': () => server.certificates(),
    'server.addCertificate': (certificate) => server.addCertificate(certificate),
    'server.removeCertificate': ({ name }) => server.removeCertificate(name),
    'server.issueClientCertificate': (wanted) => server.issueClientCertificate(wanted),
    'server.tlsSupport': () => server.tlsSupport(),
  }
}

/** Starts the server as a person chose: as it was when the program ended, always, or never. What goes wrong stands in its status. */
export async function startAsLeft(given: Given): Promise<void> {
  if (!remembers(given)) return
  const { serverStart } = await keptChoices(given.store)
  if (serverStart === 'never') return
  if (serverStart === 'as-left' && (await given.store.getSetting(autostart)) !== 'true') return
  try {
    const { problems } = await given.server.start()
    for (const { field, message } of problems) given.ports.log('warn', `Local server, ${field}: ${message}`)
  } catch (error) {
    // The rest of the program must still open, or nobody could put it right.
    given.ports.log('error', 'The local server could not be started', { error: String(error) })
  }
}
