/** Owns: the certificate that this client shows, and its key. Files are dropped or chosen; the key never goes into the form. */
import { useState } from 'react'
import { takePem, takePemText } from '#renderer/flows/sendFiles.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import { currentOf } from '#renderer/stores/profiles.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { FileButton } from './FileButton.tsx'
import { SheetPart } from './FormSheet.tsx'
import styles from './FormSheet.module.css'
import { useCompose, useDraft, useProblem } from './useDraft.ts'
import { useFileDrop } from './useFileDrop.ts'

function Held() {
  const { stores } = useServices()
  const { draft, change } = useDraft()
  const key = useCompose((compose) => compose.secrets.clientKey !== '')
  const kept = useField((all) => all.profiles, (state) => currentOf(state)?.kept.includes('clientKey') ?? false) // prettier-ignore
  const keeps = useField((all) => all.profiles, (state) => state.keeps) // prettier-ignore
  const { setSecrets } = stores.compose.getState()
  if (draft.clientCert === '' && !key && !kept) return null
  return (
    <div className={styles.held}>
      {draft.clientCert !== '' && (
        <Chip
          icon="certificate"
          removeLabel="Remove the client certificate"
          onRemove={() => change({ clientCert: '' }, 'clientCertificate')}
        >
          Certificate is here
        </Chip>
      )}
      {key && (
        <Chip icon="key" removeLabel="Forget the key" onRemove={() => setSecrets({ clientKey: '' })}>
          Key, until the app closes
        </Chip>
      )}
      {!key && kept && (
        <Chip icon="key">{keeps === 'keychain' ? 'Key, in your keychain' : 'Key, until the app closes'}</Chip>
      )}
      {draft.clientCert !== '' && !key && !kept && <Chip tone="warn">Its key is missing</Chip>}
    </div>
  )
}

export function ClientCertificatePart() {
  const services = useServices()
  const [wrong, setWrong] = useState<string>()
  const problem = useProblem('clientCertificate') ?? wrong
  const passphrase = useCompose((compose) => compose.secrets.passphrase)
  const { setSecrets } = services.stores.compose.getState()
  const take = (files: readonly File[]) => void takePem(services, files).then(setWrong)
  const paste = async () => {
    const text = await navigator.clipboard.readText().catch(() => null)
    setWrong(text === null ? 'The clipboard is not allowed here. Choose the files instead.' : takePemText(services, text)) // prettier-ignore
  }
  const { over, ...drop } = useFileDrop(take)
  return (
    <SheetPart
      name="Client certificate"
      about="Shown when the server asks for one; with it EXTERNAL signs in. The key stays in memory, or in the keychain with a saved profile."
    >
      <fieldset
        className={cx(styles.drop, over && styles.over)}
        aria-label="Client certificate and key"
        data-field="clientCertificate"
        {...drop}
      >
        <Held />
        <div className={styles.line}>
          <span className={styles.note}>Drop certificate and key here, PEM, in one file or two.</span>
          <FileButton accept=".pem,.crt,.cer,.key" multiple onFiles={take}>
            Choose files
          </FileButton>
          <Button onPress={() => void paste()}>Paste</Button>
        </div>
        {problem && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
      </fieldset>
      <PasswordField
        label="Passphrase of the key"
        placeholder="only if it has one"
        value={passphrase}
        onChange={(next) => setSecrets({ passphrase: next })}
      />
    </SheetPart>
  )
}
