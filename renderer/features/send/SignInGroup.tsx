/** Owns: the fields of signing in. What was typed stays in memory; what a profile keeps is used by the engine and never shown. */
import { forgetPassword } from '#renderer/flows/profiles.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import { secretKindOf } from '#renderer/model/composeTarget.ts'
import { mechanismLabels } from '#renderer/model/composeWords.ts'
import { currentOf } from '#renderer/stores/profiles.ts'
import { authMechanisms } from '#shared/rpc/contract/dialogue.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Form.module.css'
import { Group } from './Group.tsx'
import { useCompose, useDraft, useProblem } from './useDraft.ts'

const mechanisms = authMechanisms.map((value) => ({ value, label: mechanismLabels[value] }))

/** Where the secret is: typed into this page, or kept by the engine with the profile. */
function usePlace() {
  const typed = useCompose((compose) => compose.password !== '')
  const profile = useField((all) => all.profiles, currentOf) // prettier-ignore
  const keeps = useField((all) => all.profiles, (state) => state.keeps) // prettier-ignore
  const kept = !typed && (profile?.kept.includes('password') ?? false)
  return { typed, kept, note: kept && keeps === 'keychain' ? 'in your keychain' : 'until the app closes' }
}

function Secret({ label, disabled }: { label: string; disabled: boolean }) {
  const services = useServices()
  const password = useCompose((compose) => compose.password)
  const { typed, kept, note } = usePlace()
  const { setPassword, forgetProblem } = services.stores.compose.getState()
  const change = (next: string) => {
    setPassword(next)
    forgetProblem('password')
  }
  const held = !disabled && (kept || typed)
  const forget = () => (typed ? change('') : void forgetPassword(services))
  return (
    <div className={styles.secret} data-field="password">
      <PasswordField
        label={label}
        value={password}
        onChange={change}
        disabled={disabled}
        placeholder={disabled ? '' : kept ? '••••••••' : 'until the app closes'}
        error={useProblem('password')}
        {...(held ? { note, onForget: forget, forgetLabel: `Forget the ${label.toLowerCase()}` } : {})}
      />
    </div>
  )
}

/** EXTERNAL proves who signs in by the certificate: there is nothing to type. */
function ByCertificate() {
  const { stores } = useServices()
  const { draft } = useDraft()
  return (
    <div className={styles.wide}>
      <span className={styles.fieldLabel}>Proof</span>
      <Button
        icon="certificate"
        wide
        className={styles.asField}
        onPress={() => stores.compose.getState().set({ sheet: 'connection' })}
      >
        {draft.clientCert === '' ? 'Add the client certificate …' : 'Client certificate is here'}
      </Button>
    </div>
  )
}

export function SignInGroup() {
  const { draft, change } = useDraft()
  const kind = secretKindOf(draft.mechanism)
  const wrong = useProblem('mechanism')
  return (
    <Group name="Sign in">
      <div className={styles.row}>
        <div className={styles.mechanism} data-field="mechanism">
          <Select
            label="Mechanism"
            value={draft.mechanism}
            options={mechanisms}
            onChange={(mechanism) => change({ mechanism }, 'mechanism', 'user', 'password')}
          />
        </div>
        <div className={styles.wide} data-field="user">
          <TextField
            label={kind === 'certificate' ? 'Act as' : 'User'}
            value={draft.user}
            placeholder={kind === 'certificate' ? 'whom the certificate names' : ''}
            onChange={(user) => change({ user }, 'user', 'password')}
            disabled={kind === 'none'}
            error={useProblem('user')}
          />
        </div>
        {kind === 'certificate' ? (
          <ByCertificate />
        ) : (
          <Secret label={kind === 'token' ? 'Token' : 'Password'} disabled={kind === 'none'} />
        )}
      </div>
      {wrong && (
        // Under the whole row: the field itself is narrow.
        <p className={styles.wrong} role="alert">
          <Icon name="bad" size="xs" />
          {wrong}
        </p>
      )}
    </Group>
  )
}
