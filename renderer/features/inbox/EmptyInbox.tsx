/** Owns: what stands in the Inbox while there is no mail: the settings to use, and the one act that makes mail appear. */
import { startServer } from '#renderer/flows/server.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import { atListener } from '#renderer/model/compose.ts'
import {
  addressPort,
  appSettings,
  clientTls,
  mainListener,
  portOf,
  settingsText,
  type ListenerStatus,
} from '#renderer/model/server.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { CopyButton } from '#renderer/ui/CopyButton.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'

function Catching({ listener, users }: { listener: ListenerStatus; users: readonly string[] }) {
  const { stores } = useServices()
  const sendOne = () => {
    const { draft, change } = stores.compose.getState()
    change(atListener(draft, portOf(listener), clientTls(listener.tls)))
    goTo({ room: 'send', id: '' })
  }
  const who =
    listener.auth === 'off' ? 'no sign-in' : users.length === 0 ? 'any user, any password' : `as ${users[0]}`
  return (
    <EmptyState
      icon="inbox"
      title="No mail yet"
      actions={
        <>
          <CopyButton text={settingsText(appSettings(listener, users))}>Copy settings</CopyButton>
          <Button tone="quiet" onPress={sendOne}>
            Send one to myself
          </Button>
        </>
      }
    >
      <p>
        Point your app at <b className="mono">{addressPort(listener.address, portOf(listener))}</b>, {who}.
        The first message appears here by itself.
      </p>
    </EmptyState>
  )
}

function NotCatching() {
  const services = useServices()
  const busy = useField((stores) => stores.server, (server) => server.busy) // prettier-ignore
  const problems = useField((stores) => stores.server, (server) => server.problems) // prettier-ignore
  return (
    <EmptyState
      icon="inbox"
      title="No mail yet"
      actions={
        <>
          <Button tone="primary" size="l" isDisabled={busy} onPress={() => void startServer(services)}>
            Start catching
          </Button>
          <Button size="l" tone="quiet" onPress={() => goTo({ room: 'server', id: '' })}>
            Choose ports first
          </Button>
        </>
      }
    >
      <p>
        The local server is off. Once it listens, point your app at <b className="mono">127.0.0.1:2525</b>:
        its mail is kept here and goes no further.
      </p>
      {problems.map((problem) => (
        <Banner key={problem} tone="bad" live="alert">
          {problem}
        </Banner>
      ))}
    </EmptyState>
  )
}

export function EmptyInbox() {
  const status = useField((stores) => stores.server, (server) => server.status) // prettier-ignore
  const listener = mainListener(status)
  return listener ? <Catching listener={listener} users={status?.users ?? []} /> : <NotCatching />
}
