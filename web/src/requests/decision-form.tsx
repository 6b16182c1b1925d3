import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { ProblemError } from '../api/problem.js';
import type { DecisionBody, DecisionResult, EnvelopeWish, RequestView } from '../api/types.js';
import { MoneyText } from '../ui/money-text.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useCommentDraft } from './comment-draft.js';
import { CommentField } from '../ui/comment-field.js';
import { Conflict } from './conflict.js';
import { decideInFull, type FullAnswer } from './answer.api.js';
import { RequirementFields, type Brought } from './requirement-fields.js';
import { problemsOf, useDocumentErrors } from '../forms/use-document-errors.js';
import { EditCheck } from './edit-check.js';
import { EditFields } from './edit-fields.js';
import type { Edits } from './edit.api.js';
import { useEditPreview } from './use-edit-preview.js';
import { EnvelopeFields } from './envelope-fields.js';
import { ReturnFields, type ReturnChoice } from './return-fields.js';

const NONE: Edits = {};

interface DecisionFormProps {
  request: RequestView;
  action: DecisionBody['action'];
  onReload: () => void;
  onClose: () => void;
  onDecided: (result: DecisionResult) => void;
}

export function DecisionForm(props: DecisionFormProps): ReactElement {
  const { request, action, onReload, onClose, onDecided } = props;
  const { t } = useTranslation();
  // what the person saw when the form opened: a background refresh does not change what they agree to
  const [pinned, repin] = useState(request);
  const comment = useCommentDraft(request.id);
  const [choice, setChoice] = useState<ReturnChoice>({ returnTo: 'INITIATOR', resume: 'NEXT' });
  const [wishes, setWishes] = useState<EnvelopeWish[]>([]);
  const [edits, setEdits] = useState<Edits>({});
  const [accepted, accept] = useState(false);
  const [look, setLook] = useState(0);
  const spec = pinned.actions.find((candidate) => candidate.action === action && candidate.seatId !== null);
  const [brought, bring] = useState<Brought>({ file: null, sign: false, password: '' });
  const command = useCommand<FullAnswer, DecisionResult>({
    run: decideInFull,
    onSuccess: (result) => {
      comment.clear();
      onDecided(result);
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.status === 409) onReload();
    },
  });
  const isEdited = action === 'APPROVE' && Object.keys(edits).length > 0;
  // what was sent is not asked about any more: the task is answered
  const check = useEditPreview(
    command.isIdle || command.isError ? (spec?.seatId ?? null) : null,
    `${pinned.subjectHash}/${look}`,
    isEdited ? edits : NONE,
  );
  const preview = isEdited ? check.query.data : undefined;
  const wouldInvalidate = preview?.invalidates.map(({ stageKey }) => stageKey) ?? [];
  const editError = isEdited ? (check.query.error ?? command.error) : null;
  const errorAt = useDocumentErrors(problemsOf(editError));
  const conflict = command.error instanceof ProblemError && command.error.status === 409;
  const requires = spec?.requires ?? [];
  const missing =
    ((spec?.commentRequired ?? false) && comment.text.trim() === '') ||
    (requires.includes('ATTACHMENT') && brought.file === null) ||
    (requires.includes('SIGNATURE') && !brought.sign) ||
    (isEdited && (!check.isCurrent || (wouldInvalidate.length > 0 && !accepted)));
  const send = (): void => {
    if (!spec?.seatId || spec.seatVersion === null) return;
    command.mutate({
      requestId: pinned.id,
      seatId: spec.seatId,
      file: brought.file,
      password: brought.password,
      body: {
        action,
        expectedSeatVersion: spec.seatVersion,
        subjectHash: pinned.subjectHash,
        ...(comment.text.trim() === '' ? {} : { comment: comment.text.trim() }),
        ...(action === 'RETURN' ? choice : {}),
        ...(brought.sign ? { sign: true } : {}),
        ...(action === 'APPROVE' && !isEdited && wishes.length > 0 ? { envelope: wishes } : {}),
        ...(isEdited ? { edits, acceptInvalidation: wouldInvalidate } : {}),
      },
    });
  };
  return (
    <>
      <p>
        <span className="strong">{pinned.title}</span> <MoneyText value={pinned.subject.amount} />
      </p>
      {action === 'RETURN' ? <ReturnFields request={pinned} value={choice} onChange={setChoice} /> : null}
      {action === 'APPROVE' ? (
        <EditFields
          request={pinned}
          edits={edits}
          errorAt={errorAt}
          onChange={(next) => {
            setEdits(next);
            accept(false);
          }}
        />
      ) : null}
      {preview ? <EditCheck preview={preview} accepted={accepted} onAccept={accept} /> : null}
      {isEdited && check.query.isError ? <ProblemNote error={check.query.error} /> : null}
      {action === 'APPROVE' && !isEdited ? (
        <EnvelopeFields offered={pinned.covers} currency="CNY" value={wishes} onChange={setWishes} />
      ) : null}
      <CommentField required={spec?.commentRequired ?? false} value={comment.text} onChange={comment.set} />
      <RequirementFields
        requires={requires}
        passwordAsked={asksForPassword(command.error)}
        value={brought}
        onChange={bring}
      />
      {conflict ? (
        <Conflict
          error={command.error}
          latest={request}
          onAgain={() => {
            repin(request);
            if (request.subjectHash !== pinned.subjectHash) setEdits({});
            accept(false);
            setLook(look + 1);
            command.reset();
          }}
        />
      ) : (
        <ProblemNote error={command.error} />
      )}
      {spec ? null : <p className="due-soon">{t('decision.notYours')}</p>}
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          danger={action === 'REJECT'}
          loading={command.isPending}
          disabled={!spec || missing || conflict}
          onClick={send}
        >
          {isEdited ? t('edit.confirm') : t(`decision.confirm.${action}`)}
        </Button>
      </div>
    </>
  );
}

function asksForPassword(error: unknown): boolean {
  const missing = error instanceof ProblemError ? error.problem['missing'] : null;
  return Array.isArray(missing) && missing.includes('stepUp');
}
