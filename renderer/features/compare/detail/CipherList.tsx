/** Owns: the cipher suites that one TLS version takes, in the server's order where it has one, the weak ones marked. */
import { useState } from 'react'
import {
  suitesWords,
  type VersionSuites,
  type WeakReason,
  weakCounts,
} from '#renderer/model/probeDetailCiphers.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { LinkButton } from '#renderer/ui/LinkButton.tsx'
import styles from './Ciphers.module.css'

/** Suites shown before the rest is asked for. */
const shownAtOnce = 6
const groupsAtOnce = 8

type Suite = VersionSuites['suites'][number]

function Weak({ grade, count }: { grade: 'broken' | 'dated'; count?: number }) {
  return (
    <span className={cx(styles.weak, styles[grade])}>
      <Icon name={grade === 'broken' ? 'bad' : 'warn'} size="xs" />
      {count === undefined ? grade : `${count} ${grade}`}
    </span>
  )
}

function Row({ suite, reasons }: { suite: Suite; reasons: readonly WeakReason[] }) {
  const { weakness, name } = suite
  const mark = reasons.find(({ why }) => why === weakness?.why)?.mark
  return (
    <li className={styles.suite}>
      <span className={styles.name}>{name}</span>
      {weakness && (
        <span>
          <Weak grade={weakness.grade} />
          <sup className={styles[weakness.grade]} aria-hidden="true">
            {mark}
          </sup>
          <span className="visuallyHidden">
            : {weakness.why}, {weakness.reference}
          </span>
        </span>
      )}
    </li>
  )
}

function Groups({ names }: { names: readonly string[] }) {
  const [all, setAll] = useState(false)
  if (names.length === 0) return null
  const shown = all ? names : names.slice(0, groupsAtOnce)
  return (
    <div className={styles.groups}>
      <span className={styles.soft}>Groups</span>
      {shown.map((name) => (
        <span key={name} className={styles.group}>
          {name}
        </span>
      ))}
      {names.length > groupsAtOnce && (
        <LinkButton expanded={all} onPress={() => setAll(!all)}>
          {all ? 'fewer' : `and ${names.length - groupsAtOnce} more`}
        </LinkButton>
      )}
    </div>
  )
}

export interface CipherListProps {
  version: VersionSuites
  /** Of all versions together: a letter stands for each. */
  reasons: readonly WeakReason[]
}

export function CipherList({ version, reasons }: CipherListProps) {
  const { name, old, order, ordered, suites, groups } = version
  const [all, setAll] = useState(false)
  const shown = all ? suites : suites.slice(0, shownAtOnce)
  const { broken, dated } = weakCounts(suites)
  const hidden = weakCounts(suites.slice(shownAtOnce)).broken
  const List = ordered ? 'ol' : 'ul'
  return (
    <div className={styles.version}>
      <div className={styles.head}>
        <b>{name}</b>
        {old && (
          <Chip tone="warn" icon="warn">
            out of use
          </Chip>
        )}
        <span className={styles.order}>{order}</span>
        <span className={styles.count}>
          {suitesWords(suites)}
          {broken > 0 && <Weak grade="broken" count={broken} />}
          {dated > 0 && <Weak grade="dated" count={dated} />}
        </span>
      </div>
      <List className={cx(styles.suites, ordered && styles.ordered)} aria-label={`Cipher suites of ${name}`}>
        {shown.map((suite) => (
          <Row key={suite.name} suite={suite} reasons={reasons} />
        ))}
      </List>
      {suites.length > shownAtOnce && (
        <LinkButton expanded={all} onPress={() => setAll(!all)}>
          {all
            ? 'Show fewer'
            : `Show all ${suites.length} suites${hidden > 0 ? `, ${hidden} of the others broken` : ''}`}
          <span className="visuallyHidden"> of {name}</span>
        </LinkButton>
      )}
      <Groups names={groups} />
    </div>
  )
}

export function Reasons({ reasons }: { reasons: readonly WeakReason[] }) {
  if (reasons.length === 0) return null
  return (
    <dl className={styles.reasons} aria-label="What the marks mean">
      {reasons.map(({ mark, grade, why, reference }) => (
        <div key={mark}>
          <dt>{mark}</dt>
          <dd>
            {grade}: {why} ({reference})
          </dd>
        </div>
      ))}
    </dl>
  )
}
