/** Owns: values for the `{{name}}` of a template. */
import { mostVariables } from '#renderer/model/compose.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { SheetPart } from './FormSheet.tsx'
import styles from './FormSheet.module.css'
import { useDraft, useProblem } from './useDraft.ts'

function Row({ place }: { place: number }) {
  const { draft, change } = useDraft()
  const { name, value } = draft.variables[place]!
  const put = (next: { name?: string; value?: string }) =>
    change({ variables: draft.variables.map((one, at) => (at === place ? { ...one, ...next } : one)) }, 'variables') // prettier-ignore
  return (
    <div className={styles.row}>
      <TextField
        label={`Name ${place + 1}`}
        hideLabel
        mono
        placeholder="order"
        value={name}
        onChange={(typed) => put({ name: typed })}
      />
      <TextField
        label={`Value of ${name || `name ${place + 1}`}`}
        hideLabel
        placeholder="10294"
        value={value}
        onChange={(typed) => put({ value: typed })}
      />
      <IconButton
        icon="close"
        label={`Remove ${name || `name ${place + 1}`}`}
        onPress={() => change({ variables: draft.variables.filter((_one, at) => at !== place) }, 'variables')}
      />
    </div>
  )
}

export function VariablesPart() {
  const { draft, change } = useDraft()
  const problem = useProblem('variables')
  const add = () => change({ variables: [...draft.variables, { name: '', value: '' }] }, 'variables')
  return (
    <SheetPart name="Variables">
      <div data-field="variables" className={styles.rows}>
        <Switch
          selected={draft.variablesOn}
          onChange={(variablesOn) => change({ variablesOn }, 'variables')}
          hint="In subject, text, HTML, header fields and addresses. {{n}}, {{date}}, {{uuid}} and {{to}} are always there."
        >
          Fill in {'{{name}}'}
        </Switch>
        {draft.variablesOn && draft.variables.map((_one, place) => <Row key={place} place={place} />)}
        {problem && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        {draft.variablesOn && draft.variables.length < mostVariables && (
          <div>
            <Button icon="plus" onPress={add}>
              Add a variable
            </Button>
          </div>
        )}
      </div>
    </SheetPart>
  )
}
