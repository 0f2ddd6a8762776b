//! Ids of plans' parts, of work and of reports. A plan's own stands in `kernel`: other domains name it.

kernel::id!(ReadRow ReadRowId "row");
kernel::id!(Task TaskId "task");
kernel::id!(Part PartId "part");
kernel::id!(Finding FindingId "finding");
kernel::id!(ReadTarget ReadTargetId "readtarget");
kernel::id!(Target TargetId "target");
kernel::id!(Passage PassageId "passage");
kernel::id!(Entry EntryId "entry");
kernel::id!(Evidence EvidenceId "evidence");
kernel::id!(Step StepId "step");
kernel::id!(Extension ExtensionId "extension");
kernel::id!(Difficulty DifficultyId "difficulty");
kernel::id!(Letter LetterId "letter");
kernel::id!(Question QuestionId "question");
kernel::id!(Value ValueId "value");
kernel::id!(Duty DutyId "duty");
kernel::id!(Regime RegimeId "regime");
kernel::id!(Period PeriodId "period");
kernel::id!(Report ReportId "report");
kernel::id!(Reception ReceptionId "reception");
kernel::id!(Change ChangeId "change");
