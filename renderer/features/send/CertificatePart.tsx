/** Owns: whether the server's certificate is checked, what is given up when not, and which further authorities may vouch for it. */
import { usesTls } from '#renderer/model/compose.ts'
import { certificateWords } from '#renderer/model/composeWords.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { TextArea } from '#renderer/ui/TextArea.tsx'
import { SheetPart } from './FormSheet.tsx'
import styles from './FormSheet.module.css'
import { useDraft, useProblem } from './useDraft.ts'
import { useLocalAuthority } from './useLocalAuthority.ts'

export function CertificatePart() {
  const { draft, change } = useDraft()
  const problem = useProblem('ca')
  const local = useLocalAuthority()
  const none = !usesTls(draft)
  const waived = draft.certificate === 'accept' && !none
  return (
    <SheetPart name="The server’s certificate">
      <Switch
        selected={draft.certificate === 'check' && !none}
        disabled={none}
        onChange={(check) => change({ certificate: check ? 'check' : 'accept' }, 'ca')}
        hint={<span className={waived ? styles.waived : ''}>{certificateWords(draft)}</span>}
      >
        Check the certificate
      </Switch>
      {local && draft.certificate === 'check' && (
        <p className={styles.note}>
          <Icon name="shield" size="xs" /> On this computer, certificates of the local server’s own authority
          are trusted too.
        </p>
      )}
      <div data-field="ca">
        <TextArea
          label="Further root certificates, PEM"
          mono
          rows={3}
          disabled={none}
          placeholder="-----BEGIN CERTIFICATE-----"
          value={draft.ca}
          onChange={(ca) => change({ ca }, 'ca')}
          hint="Trusted for this form only, beside those of the system."
          error={problem}
        />
      </div>
    </SheetPart>
  )
}
