"""Who may do what. Pages and bots ask here and nowhere else."""

from intake.errors import NotAllowed
from intake.people import Agent


def require_agent(agent: Agent) -> None:
    """Only an active agent touches tickets."""
    if not agent.is_active:
        raise NotAllowed("agent_inactive")
