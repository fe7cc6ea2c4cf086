/** Owns: asking before a host is allowed: from then on mail leaves this computer for it. */
import { useState } from 'react'
import { allowHost } from '#renderer/flows/relaySettings.ts'
import { useServices } from '#renderer/flows/services.ts'
import type { RelayAsks } from '#renderer/stores/relay.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'

export type AllowAsked = Extract<RelayAsks, { what: 'allow' }>

export function AskAllow({ asked: { host, leg }, onClose }: { asked: AllowAsked; onClose: () => void }) {
  const services = useServices()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    const said = await allowHost(services, host, leg)
    setBusy(false)
    setProblem(said)
    if (said === undefined) onClose()
  }
  return (
    <Dialog
      open
      role="alertdialog"
      tone="info"
      title={`Allow mail to ${host}?`}
      onClose={onClose}
      actions={
        <>
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the harmless answer has the focus */}
          <Button size="l" autoFocus onPress={onClose}>
            Hold it
          </Button>
          <Button tone="primary" size="l" icon="shield" isDisabled={busy} onPress={() => void go()}>
            Allow {host}
          </Button>
        </>
      }
    >
      <p>
        What the rules relay to {host} then leaves this computer, this message at once. The host goes on the
        one list of allowed hosts of this program; it is taken off under “Where mail goes”.
      </p>
      {problem && (
        <Banner tone="bad" live="alert">
          {problem}
        </Banner>
      )}
    </Dialog>
  )
}
