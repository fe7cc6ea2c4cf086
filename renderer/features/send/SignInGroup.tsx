/** Owns: the fields of signing in. The password stays in memory and can be forgotten at once. */
import { useServices } from '#renderer/flows/services.ts'
import { mechanismLabels } from '#renderer/model/composeWords.ts'
import { authMechanisms } from '#shared/rpc/contract/dialogue.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Form.module.css'
import { Group } from './Group.tsx'
import { useCompose, useDraft, useProblem } from './useDraft.ts'

const mechanisms = authMechanisms.map((value) => ({ value, label: mechanismLabels[value] }))

function Password({ disabled }: { disabled: boolean }) {
  const { stores } = useServices()
  const password = useCompose((compose) => compose.password)
  const { setPassword, forgetProblem } = stores.compose.getState()
  const change = (next: string) => {
    setPassword(next)
    forgetProblem('password')
  }
  return (
    <div className={styles.wide} data-field="password">
      <PasswordField
        label="Password"
        value={password}
        onChange={change}
        disabled={disabled}
        placeholder="never saved"
        error={useProblem('password')}
      />
      {password !== '' && (
        <div className={styles.forget}>
          <Button tone="quiet" className={styles.tiny} onPress={() => change('')}>
            Forget it
          </Button>
        </div>
      )}
    </div>
  )
}

export function SignInGroup() {
  const { draft, change } = useDraft()
  const none = draft.mechanism === 'none'
  return (
    <Group name="Sign in">
      <div className={styles.row}>
        <div className={styles.mechanism} data-field="mechanism">
          <Select
            label="Mechanism"
            value={draft.mechanism}
            options={mechanisms}
            onChange={(mechanism) => change({ mechanism }, 'mechanism', 'user', 'password')}
            error={useProblem('mechanism')}
          />
        </div>
        <div className={styles.wide} data-field="user">
          <TextField
            label="User"
            value={draft.user}
            onChange={(user) => change({ user }, 'user')}
            disabled={none}
            error={useProblem('user')}
          />
        </div>
        <Password disabled={none} />
      </div>
    </Group>
  )
}
