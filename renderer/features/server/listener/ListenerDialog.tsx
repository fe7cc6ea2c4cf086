/** Owns: the form of one listener. Nothing is saved until everything in it is right. */
import { useEffect, useRef } from 'react'
import { loadCertificates, loadTlsSupport } from '#renderer/flows/certificates.ts'
import { useServices } from '#renderer/flows/services.ts'
import type { ListenerStatus } from '#renderer/model/server.ts'
import type { Limits } from '#renderer/model/serverLimits.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { useServer } from '../useServer.ts'
import styles from './Form.module.css'
import { Groups } from './Groups.tsx'
import { UsualPart } from './UsualPart.tsx'
import { useListenerForm } from './useListenerForm.ts'

/** After an attempt the first thing that is wrong has the focus, wherever it was folded away. */
function useFocusWrong(attempts: number) {
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (attempts === 0) return
    form.current
      ?.querySelector<HTMLElement>('[aria-invalid=true], [data-invalid] button, [data-wrong]')
      ?.focus()
  }, [attempts])
  return form
}

export interface ListenerDialogProps {
  /** The one to change; null for a new one. */
  listener: ListenerStatus | null
  all: readonly ListenerStatus[]
  limits: Limits
  /** A new one hands on by the relay's rules. */
  relay?: boolean
  onClose: () => void
}

export function ListenerDialog({ listener, all, limits, relay = false, onClose }: ListenerDialogProps) {
  const services = useServices()
  const running = useServer(({ status }) => status?.running ?? false)
  const busy = useServer((server) => server.busy)
  const { part, elsewhere, attempts, save } = useListenerForm(listener, all, relay)
  const form = useFocusWrong(attempts)
  useEffect(() => {
    void loadCertificates(services)
    void loadTlsSupport(services)
  }, [services])
  const submit = async () => {
    if (await save()) onClose()
  }
  return (
    <Dialog
      open
      wide
      title={listener ? 'Edit listener' : 'Add a listener'}
      onClose={onClose}
      actions={
        <>
          <Button tone="primary" size="l" isDisabled={busy} onPress={() => void submit()}>
            {listener ? 'Save' : 'Add'}
          </Button>
          <Button size="l" onPress={onClose}>
            Cancel
          </Button>
          {listener && running && (
            <span className={styles.live}>Holds for who connects from then on. Sessions that run stay.</span>
          )}
        </>
      }
    >
      <div className={styles.fields} ref={form}>
        {elsewhere.length > 0 && (
          <Banner tone="bad" live="alert">
            {elsewhere.join(' ')}
          </Banner>
        )}
        <UsualPart {...part} />
        <Groups part={part} limits={limits} />
      </div>
    </Dialog>
  )
}
