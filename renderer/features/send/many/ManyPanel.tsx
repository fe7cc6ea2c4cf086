/** Owns: the dialog for many messages: its form, then how the run stands, then what came of it. */
import { type Prepare, newMany, startMany, stopMany } from '#renderer/flows/many.ts'
import { useServices } from '#renderer/flows/services.ts'
import { messagesOf, shownCount } from '#renderer/model/many.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { ManyConsent } from './ManyConsent.tsx'
import { ManyFields } from './ManyFields.tsx'
import styles from './Many.module.css'
import { ManyRun } from './ManyRun.tsx'
import { useMany } from './useMany.ts'

export interface ManyPanelProps {
  open: boolean
  onClose: () => void
  /** Where the form sends to. */
  host: string
  prepare: Prepare
}

export function ManyPanel({ open, onClose, host, prepare }: ManyPanelProps) {
  const running = useMany(({ id }) => id !== '')
  const problem = useMany(({ problems }) => problems.form)
  const asks = useMany((many) => many.asks)
  return (
    <Dialog
      open={open}
      wide="very"
      title={running ? 'Many messages' : 'Send many messages'}
      onClose={onClose}
      actions={<Actions host={host} prepare={prepare} onClose={onClose} />}
    >
      <div className={styles.panel}>
        {problem && (
          <Banner tone="bad" live="alert">
            {problem}
          </Banner>
        )}
        {running ? (
          <ManyRun onLeave={onClose} />
        ) : asks ? (
          <ManyConsent host={host} risk={asks} />
        ) : (
          <ManyFields host={host} />
        )}
      </div>
    </Dialog>
  )
}

function Actions({ host, prepare, onClose }: Omit<ManyPanelProps, 'open'>) {
  const services = useServices()
  const id = useMany((many) => many.id)
  const asks = useMany((many) => many.asks !== null)
  const over = useMany(({ result }) => result !== null)
  const ending = useMany(({ progress }) => progress?.phase === 'cancelling')
  if (id === '' && asks) return <Consent host={host} prepare={prepare} />
  if (id === '') return <Start host={host} prepare={prepare} onClose={onClose} />
  return (
    <>
      <Button size="l" onPress={onClose}>
        {over ? 'Close' : 'Close, go on sending'}
      </Button>
      <span className={styles.space} />
      {over ? (
        <Button tone="primary" size="l" icon="again" onPress={() => newMany(services)}>
          Send again
        </Button>
      ) : (
        <Button
          tone="danger"
          size="l"
          icon="stop"
          isDisabled={ending}
          onPress={() => void stopMany(services)}
        >
          {ending ? 'Ending' : 'Stop'}
        </Button>
      )}
    </>
  )
}

function Consent({ host, prepare }: Pick<ManyPanelProps, 'host' | 'prepare'>) {
  const services = useServices()
  const { set } = services.stores.many.getState()
  return (
    <>
      {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the safe answer has the focus */}
      <Button tone="primary" size="l" autoFocus onPress={() => set({ asks: null })}>
        Do not send
      </Button>
      <span className={styles.space} />
      <Button tone="danger" onPress={() => void startMany(services, host, prepare, true)}>
        Send all of them, anyway
      </Button>
    </>
  )
}

function Start({ host, prepare, onClose }: Omit<ManyPanelProps, 'open'>) {
  const services = useServices()
  const messages = useMany(({ form }) => messagesOf(form))
  const starting = useMany((many) => many.starting)
  return (
    <>
      <Button size="l" onPress={onClose}>
        Cancel
      </Button>
      <span className={styles.space} />
      <Button
        tone="primary"
        size="l"
        icon="send"
        isDisabled={starting || host.trim() === ''}
        onPress={() => void startMany(services, host, prepare)}
      >
        {messages > 0 ? `Send ${shownCount(messages)} ${messages === 1 ? 'message' : 'messages'}` : 'Send'}
      </Button>
    </>
  )
}
