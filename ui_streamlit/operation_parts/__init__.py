"""The pieces of the NPRU page: what may be done, sites, groups, costs, objectives."""
