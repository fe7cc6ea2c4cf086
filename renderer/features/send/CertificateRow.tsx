/** Owns: whether the server's certificate is checked, and which further authorities may vouch for it. */
import { useState } from 'react'
import { certificateWords } from '#renderer/model/composeWords.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { TextArea } from '#renderer/ui/TextArea.tsx'
import styles from './Form.module.css'
import { useDraft, useProblem } from './useDraft.ts'

/** `local`: this computer's own authority is trusted for this host anyway. */
export function CertificateRow({ local }: { local: boolean }) {
  const { draft, change } = useDraft()
  const problem = useProblem('ca')
  const [open, setOpen] = useState(draft.ca !== '')
  const shown = open || problem !== undefined
  return (
    <>
      <div className={styles.certificate}>
        <Switch
          selected={draft.certificate === 'check' && draft.tls !== 'none'}
          disabled={draft.tls === 'none'}
          onChange={(check) => change({ certificate: check ? 'check' : 'accept' }, 'ca')}
          hint={
            <span className={draft.certificate === 'accept' && draft.tls !== 'none' ? styles.waived : ''}>
              {certificateWords(draft)}
            </span>
          }
        >
          Check the certificate
        </Switch>
        {draft.tls !== 'none' && (
          <Button tone="quiet" icon="certificate" aria-expanded={shown} onPress={() => setOpen(!shown)}>
            {draft.ca === '' ? 'Trust another root' : 'One more root trusted'}
          </Button>
        )}
      </div>
      {local && draft.certificate === 'check' && (
        <p className={styles.note}>
          <Icon name="shield" size="xs" />
          On this computer, certificates of the local server’s own authority are trusted too.
        </p>
      )}
      {shown && draft.tls !== 'none' && (
        <div data-field="ca">
          <TextArea
            label="Root certificates, PEM"
            mono
            rows={4}
            placeholder="-----BEGIN CERTIFICATE-----"
            value={draft.ca}
            onChange={(ca) => change({ ca }, 'ca')}
            hint="Trusted for this form only, beside those of the system."
            error={problem}
          />
        </div>
      )}
    </>
  )
}
