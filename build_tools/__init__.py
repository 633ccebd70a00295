"""The archive of government information disclosure annual reports: from report files to a static site."""
