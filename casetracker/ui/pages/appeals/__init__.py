"""The page of appeals to a body and submissions to the United Nations, with the reply clock."""
