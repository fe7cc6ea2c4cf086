/** Owns: asking before a host is allowed: from then on mail leaves this computer for it. */
import { allowHost } from '#renderer/flows/relaySettings.ts'
import { useServices } from '#renderer/flows/services.ts'
import type { RelayAsks } from '#renderer/stores/relay.ts'
import { AskDialog } from './AskDialog.tsx'

export type AllowAsked = Extract<RelayAsks, { what: 'allow' }>

export function AskAllow({ asked: { host, leg }, onClose }: { asked: AllowAsked; onClose: () => void }) {
  const services = useServices()
  return (
    <AskDialog
      title={`Allow mail to ${host}?`}
      tone="info"
      keep={{ children: 'Hold it' }}
      act={{ tone: 'primary', icon: 'shield', children: `Allow ${host}` }}
      run={() => allowHost(services, host, leg)}
      onClose={onClose}
    >
      <p>
        What the rules relay to {host} then leaves this computer, this message at once. The host goes on the
        one list of allowed hosts of this program; it is taken off under “Where mail goes”.
      </p>
    </AskDialog>
  )
}
