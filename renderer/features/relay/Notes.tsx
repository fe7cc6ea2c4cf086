/** Owns: what is worth knowing about the rules in force: users without a password, warnings. */
import { sortedProblems } from '#renderer/model/relayStatus.ts'
import type { RulesOf } from '#renderer/flows/relayRules.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import styles from './AllRules.module.css'

/** More would take the place of the rules themselves. */
const mostShown = 3

export function Notes({ rules: { problems, missing } }: { rules: RulesOf }) {
  const shown = sortedProblems(problems).slice(0, mostShown)
  if (shown.length === 0 && missing.length === 0) return null
  return (
    <div className={styles.notes}>
      {missing.length > 0 && (
        <Banner tone="warn" title={missing.length === 1 ? 'A password is missing:' : 'Passwords are missing:'}>
          {missing.slice(0, 5).join(', ')}
          {missing.length > 5 && ` and ${missing.length - 5} more`}. Until it is given nobody can sign in by it. Where there is no keychain, passwords last until the program ends.
        </Banner>
      )}
      {shown.map(({ severity, message, line }) => (
        <Banner key={`${line} ${message}`} tone={severity === 'error' ? 'bad' : 'warn'}>
          {line !== undefined && `Line ${line}: `}
          {message}
        </Banner>
      ))}
      {problems.length > mostShown && <p>{problems.length - mostShown} more are told with the configuration.</p>}
    </div>
  )
} // prettier-ignore
