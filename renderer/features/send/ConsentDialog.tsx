/** Owns: asking before a secret could be read by others. The safe answer has the focus, consent counts for one send. */
import { send } from '#renderer/flows/send.ts'
import { useServices } from '#renderer/flows/services.ts'
import { atImplicitTls } from '#renderer/model/compose.ts'
import { apiPlace, withHttps } from '#renderer/model/composeHttp.ts'
import { exposedWords, secretWord } from '#renderer/model/composeWords.ts'
import { isLoopback } from '#renderer/model/hosts.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import styles from './ConsentDialog.module.css'
import { useCompose, useDraft } from './useDraft.ts'

const exposedKey = { verb: 'Authorization:', secret: 'your key' }

function Exposed() {
  const { draft } = useDraft()
  const { verb, secret } = draft.way === 'http' ? exposedKey : exposedWords(draft.mechanism)
  return (
    <p className={styles.exposed}>
      <span>they would see</span> {verb} <b>{secret}</b>
    </p>
  )
}

function Words({ unverified }: { unverified: boolean }) {
  const { draft } = useDraft()
  const http = draft.way === 'http'
  const named = draft.user !== '' && !http
  const secret = http ? 'key' : secretWord(draft.mechanism)
  const whose = secret === 'user name' ? 'your user name ' : named ? `the ${secret} of ` : `your ${secret}`
  const user = named && <b>{draft.user}</b>
  if (unverified)
    return (
      <p>
        The connection is sealed, but the certificate proves nothing: whoever sits in between could pose as{' '}
        {http ? (apiPlace(draft)?.host ?? 'it') : draft.host} and read {whose}
        {user}.
      </p>
    )
  const local = !http && isLoopback(draft.host.trim())
  return (
    <p>
      {local
        ? 'Nothing leaves this computer, but its programs with enough rights'
        : 'Anyone between you and the server'}{' '}
      could read {whose}
      {user}.
    </p>
  )
}

export function ConsentDialog() {
  const services = useServices()
  const { draft, change } = useDraft()
  const consent = useCompose((compose) => compose.consent)
  const purpose = useCompose((compose) => compose.asked)
  const close = () => services.stores.compose.getState().set({ consent: null })
  const unverified = consent === 'unverified'
  const http = draft.way === 'http'
  const secret = http ? 'key' : secretWord(draft.mechanism)
  const seal = () => {
    change(http ? withHttps(draft) : atImplicitTls(draft), 'port', 'apiUrl')
    close()
  }
  return (
    <Dialog
      open={consent !== null}
      role="alertdialog"
      tone={unverified ? 'warn' : 'open'}
      title={
        unverified ? `Send the ${secret} to a server nobody vouches for?` : `Send the ${secret} in the clear?`
      }
      onClose={close}
      actions={
        <>
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the safe answer has the focus */}
          <Button tone="primary" size="l" autoFocus onPress={close}>
            Do not send
          </Button>
          {!unverified && (
            <Button size="l" onPress={seal}>
              {http ? 'Use https instead' : 'Set 465 instead'}
            </Button>
          )}
          <span className={styles.space} />
          <Button
            tone="danger"
            className={styles.anyway}
            onPress={() => void send(services, { consented: true, purpose })}
          >
            {unverified ? 'Send it once, anyway' : 'Send it once, in the clear'}
          </Button>
        </>
      }
    >
      <Words unverified={unverified} />
      {!unverified && <Exposed />}
    </Dialog>
  )
}
