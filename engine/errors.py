"""What can go wrong, in one tree. Every message is made of facts a user can act on.

StudioError
├── FileRefused          a user's file could not be read
├── ColumnProblem        a column is missing, or cannot serve as asked
├── TooFewRows           fewer rows than the question needs
├── OptionProblem        an option or a setting is outside what is allowed
├── WorkspaceProblem     the workspace file could not be opened or written
│   ├── WorkspaceBusy    another process holds it
│   ├── VersionClash     someone saved another version in the meantime
│   └── NotFound         nothing is stored under that id
├── ApprovalRefused      a persona has findings, or changed since it was checked
├── Cancelled            the user stopped a computation
└── ModelProblem         a language model did not deliver
    ├── NoKey            no key was given
    ├── BadKey           the key was refused
    ├── Quota            too many calls, or the quota is used up
    ├── TimedOut         no answer before the deadline
    ├── Unreachable      the service could not be reached or is failing
    ├── Declined         the model refused or was blocked
    ├── Truncated        the reply was cut off
    └── Malformed        the reply was not in the agreed form
"""


class StudioError(Exception):
    """A problem a user can act on: what was expected, what was found, what to do."""

    def __init__(self, expected: str, found: str = "", do: str = "") -> None:
        self.expected = expected
        self.found = found
        self.do = do
        super().__init__(" ".join(part for part in (expected, found, do) if part))


class FileRefused(StudioError):
    pass


class ColumnProblem(StudioError):
    pass


class TooFewRows(StudioError):
    pass


class OptionProblem(StudioError):
    pass


class WorkspaceProblem(StudioError):
    pass


class WorkspaceBusy(WorkspaceProblem):
    pass


class NotFound(WorkspaceProblem):
    pass


class VersionClash(WorkspaceProblem):
    pass


class ApprovalRefused(StudioError):
    pass


class Cancelled(StudioError):
    def __init__(self) -> None:
        super().__init__("Stopped at your request.", do="Start again when you like; nothing was changed.")


class ModelProblem(StudioError):
    """`retry_after_seconds` is the delay the service itself asked for, where it named one."""

    retry_after_seconds: float | None = None


class NoKey(ModelProblem):
    pass


class BadKey(ModelProblem):
    pass


class Quota(ModelProblem):
    pass


class TimedOut(ModelProblem):
    pass


class Unreachable(ModelProblem):
    pass


class Declined(ModelProblem):
    pass


class Truncated(ModelProblem):
    pass


class Malformed(ModelProblem):
    pass
