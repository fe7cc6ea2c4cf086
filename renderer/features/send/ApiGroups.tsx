/** Owns: where the message goes by an HTTP API, and the key that it asks for. */
import { useServices } from '#renderer/flows/services.ts'
import type { Draft } from '#renderer/model/compose.ts'
import { apiPromise } from '#renderer/model/composeHttp.ts'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Form.module.css'
import { Group } from './Group.tsx'
import { Promised } from './Promised.tsx'
import { useCompose, useDraft, useProblem } from './useDraft.ts'
import { WaySwitch } from './WaySwitch.tsx'

const apis: readonly { value: Draft['api']; label: string }[] = [
  { value: 'json', label: 'JSON' },
  { value: 'form', label: 'Form' },
]
const paths: Record<Draft['api'], string> = {
  json: 'POST /api/v1/transmissions, the key in Authorization.',
  form: 'POST /v3/DOMAIN/messages, basic authentication as “api”.',
}

export function ApiWhereGroup() {
  const { draft, change } = useDraft()
  return (
    <Group name="Where" beside={<WaySwitch />}>
      <div className={styles.row}>
        <div className={styles.wide} data-field="apiUrl">
          <TextField
            label="Address of the API"
            mono
            inputMode="url"
            placeholder="https://api.your-provider.example"
            value={draft.apiUrl}
            onChange={(apiUrl) => change({ apiUrl }, 'apiUrl')}
            error={useProblem('apiUrl')}
          />
        </div>
        <div className={styles.api}>
          <Segmented<Draft['api']>
            label="Request"
            stretch
            value={draft.api}
            options={apis}
            onChange={(api) => change({ api }, 'apiUrl', 'apiDomain')}
          />
        </div>
      </div>
      <p className={styles.hint}>{paths[draft.api]}</p>
      <Promised promise={apiPromise(draft)} />
    </Group>
  )
}

function Key() {
  const { stores } = useServices()
  const key = useCompose((compose) => compose.secrets.apiKey)
  const { setSecrets, forgetProblem } = stores.compose.getState()
  const change = (apiKey: string) => {
    setSecrets({ apiKey })
    forgetProblem('apiKey')
  }
  const held = key === '' ? {} : { note: 'until the app closes', onForget: () => change(''), forgetLabel: 'Forget the key' } // prettier-ignore
  return (
    <div className={styles.secret} data-field="apiKey">
      <PasswordField
        label="Key"
        value={key}
        onChange={change}
        placeholder="until the app closes"
        error={useProblem('apiKey')}
        {...held}
      />
    </div>
  )
}

export function ApiKeyGroup() {
  const { draft, change } = useDraft()
  const domainProblem = useProblem('apiDomain')
  return (
    <Group name="Sign in">
      <div className={styles.row}>
        {draft.api === 'form' && (
          <div className={styles.wide} data-field="apiDomain">
            <TextField
              label="Domain at the service"
              mono
              placeholder="the sender’s"
              value={draft.apiDomain}
              onChange={(apiDomain) => change({ apiDomain }, 'apiDomain')}
              error={domainProblem}
            />
          </div>
        )}
        <Key />
      </div>
    </Group>
  )
}
